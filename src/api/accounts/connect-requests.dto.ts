import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';

export class StartConnectDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: "OAuth only: the platform's startFields.",
  })
  @IsOptional()
  @IsObject()
  fields?: Record<string, unknown>;

  @ApiPropertyOptional({
    description:
      'OAuth only: where the platform sends the browser back to. By default a page of this server that shows the address.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  redirectUri?: string;
}

export class CompleteConnectDto {
  @ApiPropertyOptional({ description: 'OAuth: the whole address that the browser landed on.' })
  @IsOptional()
  @IsString()
  @MaxLength(16_000)
  callbackUrl?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Form: a value for each of the fields, by name.',
  })
  @IsOptional()
  @IsObject()
  credentials?: Record<string, unknown>;
}

export class SelectAccountsDto {
  @ApiProperty({ type: [String], description: 'Which of the choices to connect.' })
  @IsArray()
  @ArrayMaxSize(500)
  @IsString({ each: true })
  externalIds: string[];
}

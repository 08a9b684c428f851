import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { appSources, type AppCredentialsView, type AppSource } from '../../modules/accounts/index.js';
import type { Plain } from '../common/plain.js';
import { TextValues } from './text-values.decorator.js';

export class AppCredentialsDto {
  @ApiProperty({
    enum: appSources,
    enumName: 'AppSource',
    description:
      "workspace: its own; environment: the server's; none: nobody can connect yet; not_needed: the platform knows no apps.",
  })
  source: AppSource;

  @ApiProperty({ type: String, nullable: true })
  clientId: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When its own was set.' })
  updatedAt: string | null;
}

export class PutAppCredentialsDto {
  @ApiProperty({ description: 'As the developer pages of the platform show it.' })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  clientId: string;

  @ApiProperty({ description: 'Never shown again.' })
  @IsString()
  @MinLength(1)
  @MaxLength(2000)
  clientSecret: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Further values that GET /api/v1/platforms names in app.fields.',
  })
  @IsOptional()
  @IsObject()
  @TextValues()
  extra?: Record<string, string>;
}

export function toAppCredentials({
  source,
  clientId,
  updatedAt,
}: AppCredentialsView): Plain<AppCredentialsDto> {
  return { source, clientId, updatedAt: updatedAt?.toISOString() ?? null };
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { OptionList } from '../../platforms/core/index.js';
import type { Plain } from '../common/plain.js';

export class OptionsQueryDto {
  @ApiPropertyOptional({ description: 'What the person has typed so far.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  query?: string;

  @ApiPropertyOptional({ description: 'nextCursor of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;
}

/** One value that the setting can have. */
export class LiveOptionDto {
  @ApiProperty({ description: 'What goes into the setting.' })
  value: string;

  @ApiProperty({ description: 'What a person reads.' })
  label: string;

  @ApiPropertyOptional()
  description?: string;
}

export class OptionListDto {
  @ApiProperty({ type: [LiveOptionDto] })
  options: LiveOptionDto[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'What else the platform says of this account at the moment.',
  })
  facts?: Record<string, unknown>;

  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  nextCursor: string | null;
}

export function toOptionList({ options, facts, nextCursor }: OptionList): Plain<OptionListDto> {
  return {
    options: options.map(({ value, label, description }) => ({
      value,
      label,
      ...(description === undefined ? {} : { description }),
    })),
    ...(facts === undefined ? {} : { facts }),
    nextCursor,
  };
}

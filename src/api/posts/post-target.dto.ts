import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ReadOnlyField } from '../../common/http/index.js';
import type { JsonObject } from '../../platforms/core/index.js';
import { TargetPolicyDto } from './post-policy.dto.js';
import { maxText, MediaRefDto, ThreadPartDto } from './post-parts.dto.js';

/** The post's form for one account. What is absent or null is taken from the post. */
export class TargetDto {
  @ApiProperty({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  @IsString()
  @MaxLength(100)
  accountId: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: maxText })
  @IsOptional()
  @IsString()
  @MaxLength(maxText)
  text?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'An empty text is no link.' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  link?: string | null;

  @ApiPropertyOptional({ type: [MediaRefDto], nullable: true, description: 'An empty list is none.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => MediaRefDto)
  media?: MediaRefDto[] | null;

  @ApiPropertyOptional({ type: [ThreadPartDto], nullable: true })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ThreadPartDto)
  thread?: ThreadPartDto[] | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Settings of the platform, as GET /api/v1/platforms describes them.',
  })
  @IsOptional()
  @IsObject()
  settings?: JsonObject | null;

  @ApiPropertyOptional({ type: TargetPolicyDto, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => TargetPolicyDto)
  policy?: TargetPolicyDto | null;

  @ReadOnlyField()
  platform?: unknown;

  @ReadOnlyField()
  publication?: unknown;
}

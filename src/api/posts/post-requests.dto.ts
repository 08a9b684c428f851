import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { ReadOnlyField } from '../../common/http/index.js';
import type { JsonObject } from '../../platforms/core/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';
import { maxText, MediaRefDto, ThreadPartDto } from './post-parts.dto.js';
import { PostPolicyDto } from './post-policy.dto.js';
import { TargetDto } from './post-target.dto.js';

/** What a post consists of; what only answers carry is ignored when it is sent back. */
export class PostInputDto {
  @ApiPropertyOptional({ maxLength: maxText, default: '', description: 'What to say to everybody.' })
  @IfDefined()
  @IsString()
  @MaxLength(maxText)
  text?: string;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'https://example.org/news' })
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  link?: string | null;

  @ApiPropertyOptional({ type: [MediaRefDto], default: [] })
  @IfDefined()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => MediaRefDto)
  media?: MediaRefDto[];

  @ApiPropertyOptional({ type: [ThreadPartDto], default: [], description: 'Parts after the first.' })
  @IfDefined()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ThreadPartDto)
  thread?: ThreadPartDto[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '2026-12-24T18:00:00',
    description:
      'An ISO time, with an offset or together with `timezone`, or "now". Up to 5 minutes in the past means now. Null or absent: a draft.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  scheduledFor?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Europe/Berlin',
    description: 'An IANA name.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  timezone?: string | null;

  @ApiPropertyOptional({ type: [TargetDto], default: [], description: 'Where to; each account once.' })
  @IfDefined()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => TargetDto)
  targets?: TargetDto[];

  @ApiPropertyOptional({ type: PostPolicyDto })
  @IfDefined()
  @ValidateNested()
  @Type(() => PostPolicyDto)
  policy?: PostPolicyDto;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 200,
    description: 'Your own name for the post.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  externalId?: string | null;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    default: {},
    description: 'Your own data; comes back as it is.',
  })
  @IfDefined()
  @IsObject()
  metadata?: JsonObject;

  @ApiPropertyOptional({ type: [String], default: [], maxItems: 50 })
  @IfDefined()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(100, { each: true })
  labels?: string[];

  @ReadOnlyField()
  id?: unknown;

  @ReadOnlyField()
  status?: unknown;

  @ReadOnlyField()
  outcome?: unknown;

  @ReadOnlyField()
  partiallyFailed?: unknown;

  @ReadOnlyField()
  needsAttention?: unknown;

  @ReadOnlyField()
  summary?: unknown;

  @ReadOnlyField()
  dueAt?: unknown;

  @ReadOnlyField()
  warnings?: unknown;

  @ReadOnlyField()
  latestPlanId?: unknown;

  @ReadOnlyField()
  revision?: unknown;

  @ReadOnlyField()
  createdAt?: unknown;

  @ReadOnlyField()
  updatedAt?: unknown;
}

export class CreatePostDto extends PostInputDto {}

/** What is absent stays as it is. `targets` replaces the whole list; `scheduledFor: null` makes a draft again. */
export class UpdatePostDto extends PostInputDto {}

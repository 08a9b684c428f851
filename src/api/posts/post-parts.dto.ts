import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  degradableParts,
  type DegradablePart,
  successPolicies,
  type SuccessPolicy,
} from '../../modules/content/index.js';
import { type MediaFit, mediaFits } from '../../platforms/core/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';

export const maxText = 100_000;
const maxAltText = 5_000;
const maxMedia = 100;
const minutesOfAYear = 525_600;

/** A file as a post names it. */
export class MediaRefDto {
  @ApiProperty({ example: 'med_01890a5d6e7b7c8d9e0f112233445566' })
  @IsString()
  @MaxLength(100)
  id: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: maxAltText,
    description: "Null: the file's own.",
  })
  @IsOptional()
  @IsString()
  @MaxLength(maxAltText)
  altText?: string | null;

  @ApiPropertyOptional({
    enum: mediaFits,
    enumName: 'MediaFit',
    nullable: true,
    description:
      'What may be done to it where a platform does not take its shape: cut off what is too much, or add margins. Null: nothing, and such a platform refuses the post.',
  })
  @IsOptional()
  @IsIn(mediaFits)
  fit?: MediaFit | null;
}

/** A later part of a thread. */
export class ThreadPartDto {
  @ApiProperty({ maxLength: maxText })
  @IsString()
  @MaxLength(maxText)
  text: string;

  @ApiPropertyOptional({ type: [MediaRefDto], default: [] })
  @IfDefined()
  @IsArray()
  @ArrayMaxSize(maxMedia)
  @ValidateNested({ each: true })
  @Type(() => MediaRefDto)
  media?: MediaRefDto[];
}

export const lateModes = ['publish', 'skip'] as const;

/** What happens when the post could not go out in time. */
export class LatePolicyDto {
  @ApiProperty({ enum: lateModes, enumName: 'LateMode' })
  @IsIn(lateModes)
  mode: (typeof lateModes)[number];

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: minutesOfAYear,
    description: 'With skip: so many minutes after its time it does not go out any more.',
  })
  @ValidateIf(({ mode, notAfterMinutes }: LatePolicyDto) => mode === 'skip' || notAfterMinutes !== undefined)
  @IsInt()
  @Min(1)
  @Max(minutesOfAYear)
  notAfterMinutes?: number;
}

export class PostPolicyDto {
  @ApiPropertyOptional({
    enum: successPolicies,
    enumName: 'SuccessPolicy',
    default: 'any',
    description: 'Whether the post counts as published when one target is, or only when all are.',
  })
  @IfDefined()
  @IsIn(successPolicies)
  success?: SuccessPolicy;

  @ApiPropertyOptional({ type: LatePolicyDto, default: { mode: 'publish' } })
  @IfDefined()
  @ValidateNested()
  @Type(() => LatePolicyDto)
  late?: LatePolicyDto;

  @ApiPropertyOptional({
    enum: degradableParts,
    enumName: 'DegradablePart',
    isArray: true,
    default: [],
    description: 'What may be left out, with a warning, instead of failing.',
  })
  @IfDefined()
  @IsArray()
  @ArrayUnique()
  @IsIn(degradableParts, { each: true })
  degrade?: DegradablePart[];
}

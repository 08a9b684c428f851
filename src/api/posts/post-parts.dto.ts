import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { type MediaFit, mediaFits } from '../../platforms/core/index.js';
import { IfDefined } from '../common/if-defined.decorator.js';

export const maxText = 100_000;
const maxAltText = 5_000;
const maxMedia = 100;

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

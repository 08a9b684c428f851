import { ApiProperty } from '@nestjs/swagger';
import { type Rendition, type RenditionState, renditionStates } from '../../modules/media/index.js';
import { describeRecipe } from '../../platforms/core/index.js';
import type { Plain } from '../common/plain.js';
import { MediaDto } from './media.dto.js';

/** What was made of a file, or is being made of it, for platforms that do not take it as it is. */
export class RenditionDto {
  @ApiProperty({ enum: renditionStates, enumName: 'RenditionState' })
  state: RenditionState;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100, description: 'Per cent.' })
  progress: number;

  @ApiProperty({ type: [String], description: 'What is done to the file, step by step, for a person.' })
  steps: string[];

  @ApiProperty({ type: [String], description: 'Why, for a person.' })
  because: string[];

  @ApiProperty({ type: String, nullable: true, description: 'Null until it is ready.' })
  mimeType: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  bytes: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  width: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  height: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Milliseconds.' })
  durationMs: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it could not be made, for a person.' })
  error: string | null;
}

/** A file with what was made of it. */
export class MediaWithRenditionsDto extends MediaDto {
  @ApiProperty({
    type: [RenditionDto],
    description: 'Oldest first; made ahead once a post that needs them is scheduled.',
  })
  renditions: RenditionDto[];
}

export function toRenditionDto(rendition: Rendition): Plain<RenditionDto> {
  const { state, progress, recipe, because, mimeType, bytes, width, height, durationMs, error } = rendition;
  const steps = describeRecipe(recipe);
  return { state, progress, steps, because: [...because], mimeType, bytes, width, height, durationMs, error };
}

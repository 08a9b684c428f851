import { ApiProperty } from '@nestjs/swagger';
import { toPublicId } from '../../common/ids/index.js';
import type { Preflight, TargetFile } from '../../modules/content/index.js';
import { describeRecipe } from '../../platforms/core/index.js';
import type { Plain } from '../common/plain.js';
import { ViolationDto } from '../openapi/index.js';
import { PostWarningDto } from './post.dto.js';

const forms = ['original', 'rendition', 'impossible'] as const;

/** What comes out, as far as that can be told before it is made. */
export class PlannedFileDto {
  @ApiProperty({ example: 'image/jpeg' })
  mimeType: string;

  @ApiProperty({ type: 'integer', description: 'Of a rendition: at most.' })
  bytes: number;

  @ApiProperty({ type: 'integer', nullable: true })
  width: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  height: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Milliseconds.' })
  durationMs: number | null;
}

/** One file of one target. */
export class PreflightFileDto {
  @ApiProperty({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  accountId: string;

  @ApiProperty({ description: 'Key of the platform.' })
  platform: string;

  @ApiProperty({ description: 'JSON pointer into the post.', example: '/media/0' })
  pointer: string;

  @ApiProperty({ example: 'med_01890a5d6e7b7c8d9e0f112233445566' })
  mediaId: string;

  @ApiProperty({
    enum: forms,
    description:
      'How it goes out: byte for byte as it is, as what is made of it, or not at all, which a violation tells too.',
  })
  as: (typeof forms)[number];

  @ApiProperty({ type: [String], description: 'What is done to it, step by step, for a person.' })
  steps: string[];

  @ApiProperty({ type: [String], description: 'Why, for a person.' })
  because: string[];

  @ApiProperty({ type: PlannedFileDto, nullable: true, description: 'Null: it does not go out.' })
  planned: PlannedFileDto | null;
}

/** What would become of a post. */
export class PreflightDto {
  @ApiProperty({ description: 'Whether it would be accepted as it is.' })
  valid: boolean;

  @ApiProperty({ type: [ViolationDto], description: 'Every single thing that is wrong.' })
  violations: ViolationDto[];

  @ApiProperty({ type: [PostWarningDto] })
  warnings: PostWarningDto[];

  @ApiProperty({ type: [PreflightFileDto], description: 'Every file of every target.' })
  files: PreflightFileDto[];
}

export function toPreflightDto({ violations, warnings, files }: Preflight): Plain<PreflightDto> {
  return {
    valid: violations.length === 0,
    violations: violations.map(({ limit, ...violation }) => ({
      ...violation,
      ...(limit === undefined ? {} : { limit: typeof limit === 'object' ? [...limit] : limit }),
    })),
    warnings: warnings.map(({ code, message, pointer }) => ({ code, message, pointer })),
    files: files.map(toFile),
  };
}

function toFile({ accountId, platform, pointer, assetId, plan, item }: TargetFile): Plain<PreflightFileDto> {
  const of = {
    accountId: toPublicId('acc', accountId),
    platform,
    pointer,
    mediaId: toPublicId('med', assetId),
    as: plan.as,
  };
  const { mimeType, bytes, width, height, durationMs } = item;
  const planned = { mimeType, bytes, width, height, durationMs };
  switch (plan.as) {
    case 'original':
      return { ...of, steps: [], because: [], planned };
    case 'rendition':
      return { ...of, steps: describeRecipe(plan.recipe), because: [...plan.because], planned };
    case 'impossible':
      return { ...of, steps: [], because: plan.broken.map(({ message }) => message), planned: null };
  }
}

import { ApiProperty } from '@nestjs/swagger';
import { toPublicId } from '../../common/ids/index.js';
import type { MediaUse } from '../../modules/media/index.js';
import type { Plain } from '../common/plain.js';

/** One post that names a file, or one plan that has frozen it. */
export class MediaUseDto {
  @ApiProperty({ example: 'post_01890a5d6e7b7c8d9e0f112233445566' })
  postId: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null: the post itself names it.' })
  planId: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  startedAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null: still in use.' })
  endedAt: string | null;
}

export class MediaUsageDto {
  @ApiProperty({ type: [MediaUseDto] })
  items: MediaUseDto[];
}

export function toMediaUseDto({ postId, planId, startedAt, endedAt }: MediaUse): Plain<MediaUseDto> {
  return {
    postId: toPublicId('post', postId),
    planId: planId === null ? null : toPublicId('plan', planId),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

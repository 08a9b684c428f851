import { ApiProperty } from '@nestjs/swagger';
import { toPublicId } from '../../common/ids/index.js';
import { timelineKinds } from '../../modules/publishing/index.js';
import type { Plain } from '../common/plain.js';
import type { StoryEntry } from './post.story.js';

const kinds = [...timelineKinds, 'change'] as const;

/** Who asked for a change. */
export class ChangedByDto {
  @ApiProperty({ example: 'key_01890a5d6e7b7c8d9e0f112233445566' })
  keyId: string;

  @ApiProperty({ description: 'Name of the API key.' })
  name: string;
}

/** One thing that happened to a target, or a change that somebody made. */
export class TimelineEntryDto {
  @ApiProperty({ type: String, format: 'date-time' })
  at: string;

  @ApiProperty({
    enum: kinds,
    enumName: 'TimelineKind',
    description:
      'attempt, call, answer, look and state: what the engine did, with what was sent and what came back, without secrets. change: what somebody did.',
  })
  kind: (typeof kinds)[number];

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'pub_01890a5d6e7b7c8d9e0f112233445566',
    description: 'Null: it is not about one target alone.',
  })
  publicationId: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  accountId: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Key of the platform.' })
  platform: string | null;

  @ApiProperty({
    type: ChangedByDto,
    nullable: true,
    description: 'Of a change: whose API key it was made with. Null: the engine did it by itself.',
  })
  by: ChangedByDto | null;

  @ApiProperty({ description: 'One line for a person.' })
  summary: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  details: Record<string, unknown>;
}

/** Oldest first. */
export class TimelineDto {
  @ApiProperty({ type: [TimelineEntryDto] })
  items: TimelineEntryDto[];
}

export function toTimelineEntry(entry: StoryEntry): Plain<TimelineEntryDto> {
  const { at, kind, publicationId, accountId, platform, by, summary, details } = entry;
  return {
    at: at.toISOString(),
    kind,
    publicationId: publicationId === null ? null : toPublicId('pub', publicationId),
    accountId: accountId === null ? null : toPublicId('acc', accountId),
    platform,
    by: by === null ? null : { keyId: toPublicId('key', by.keyId), name: by.name },
    summary,
    details: { ...details },
  };
}

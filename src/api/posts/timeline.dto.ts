import { ApiProperty } from '@nestjs/swagger';
import { toPublicId } from '../../common/ids/index.js';
import type { TimelineEntry } from '../../modules/publishing/index.js';
import type { Plain } from '../common/plain.js';

const kinds = ['state', 'attempt', 'call', 'answer', 'look'] as const;

/** One thing that happened to a target. */
export class TimelineEntryDto {
  @ApiProperty({ type: String, format: 'date-time' })
  at: string;

  @ApiProperty({ example: 'pub_01890a5d6e7b7c8d9e0f112233445566' })
  publicationId: string;

  @ApiProperty({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  accountId: string;

  @ApiProperty({ description: 'Key of the platform.' })
  platform: string;

  @ApiProperty({ enum: kinds, enumName: 'TimelineKind' })
  kind: (typeof kinds)[number];

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

export function toTimelineEntry({
  at,
  publicationId,
  accountId,
  details,
  ...rest
}: TimelineEntry): Plain<TimelineEntryDto> {
  return {
    ...rest,
    at: at.toISOString(),
    publicationId: toPublicId('pub', publicationId),
    accountId: toPublicId('acc', accountId),
    details: { ...details },
  };
}

import { ApiProperty } from '@nestjs/swagger';
import type { AttemptView, CallView } from '../../modules/publishing/index.js';
import type { Plain } from '../common/plain.js';

const anything = { type: 'object', additionalProperties: true } as const;

/** One request after which something is visible, as the ledger has it. Secrets are redacted. */
export class CallDto {
  @ApiProperty({ type: 'integer', description: 'Counts the calls of the commit.' })
  no: number;

  @ApiProperty({ description: 'Which visible thing: a part of a thread, a mail to one recipient.' })
  commit: string;

  @ApiProperty({ type: String, format: 'date-time' })
  startedAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'done, refused (nothing was created, proven) or unknown; null while nothing is known.',
  })
  outcome: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What looking, or a person, found out about it.',
  })
  verdict: string | null;

  @ApiProperty(anything)
  request: object;

  @ApiProperty({ ...anything, nullable: true })
  answer: object | null;

  @ApiProperty({ ...anything, nullable: true })
  result: object | null;

  @ApiProperty({ ...anything, nullable: true })
  error: object | null;
}

/** One run that reached the platform's publisher. */
export class AttemptDto {
  @ApiProperty({ type: 'integer' })
  no: number;

  @ApiProperty({ type: String, format: 'date-time' })
  startedAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: string | null;

  @ApiProperty({ type: String, nullable: true })
  outcome: string | null;

  @ApiProperty({ ...anything, nullable: true })
  error: object | null;

  @ApiProperty({ type: [CallDto] })
  calls: CallDto[];
}

/** Oldest first. */
export class AttemptListDto {
  @ApiProperty({ type: [AttemptDto] })
  items: AttemptDto[];
}

export function toAttempt({ startedAt, endedAt, calls, ...rest }: AttemptView): Plain<AttemptDto> {
  return {
    ...rest,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    calls: calls.map(toCall),
  };
}

function toCall({ startedAt, endedAt, ...rest }: CallView): Plain<CallDto> {
  return { ...rest, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}

import { ApiProperty } from '@nestjs/swagger';
import { toPublicId } from '../../common/ids/index.js';
import {
  type PlanOutcome,
  type PlanStatus,
  planStatuses,
  type PlanView,
} from '../../modules/publishing/index.js';
import { textAt } from '../../platforms/core/index.js';
import type { Plain } from '../common/plain.js';
import { PublicationDto, toPublication } from '../publications/index.js';
import { outcomes, SummaryDto } from './summary.dto.js';

/** An account that a request to publish left out. */
export class LeftOutDto {
  @ApiProperty({ example: 'acc_01890a5d6e7b7c8d9e0f112233445566' })
  accountId: string;

  @ApiProperty({ description: 'already_published, unconfirmed or in_progress.' })
  reason: string;
}

/** One run of a post. */
export class PlanDto {
  @ApiProperty({ example: 'plan_01890a5d6e7b7c8d9e0f112233445566' })
  id: string;

  @ApiProperty({ example: 'post_01890a5d6e7b7c8d9e0f112233445566' })
  postId: string;

  @ApiProperty({ enum: planStatuses, enumName: 'PlanStatus' })
  status: PlanStatus;

  @ApiProperty({
    enum: outcomes,
    enumName: 'Outcome',
    nullable: true,
    description: 'Null until all targets are settled.',
  })
  outcome: PlanOutcome | null;

  @ApiProperty({ description: 'Some targets are published and some failed.' })
  partiallyFailed: boolean;

  @ApiProperty({ description: 'A target failed or is unconfirmed.' })
  needsAttention: boolean;

  @ApiProperty({ type: SummaryDto })
  summary: SummaryDto;

  @ApiProperty({ type: String, format: 'date-time' })
  dueAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  settledAt: string | null;

  @ApiProperty({ type: 'integer', description: 'How often it has settled.' })
  revision: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Of the content that goes out; null until it is fixed.',
  })
  contentRevision: number | null;

  @ApiProperty({ type: [LeftOutDto] })
  leftOut: LeftOutDto[];

  @ApiProperty({ type: [PublicationDto] })
  publications: PublicationDto[];
}

export function toPlan(view: PlanView): Plain<PlanDto> {
  return {
    id: toPublicId('plan', view.id),
    postId: toPublicId('post', view.postId),
    status: view.status,
    outcome: view.outcome,
    partiallyFailed: view.partiallyFailed,
    needsAttention: view.needsAttention,
    summary: { ...view.summary },
    dueAt: view.dueAt.toISOString(),
    startedAt: view.startedAt?.toISOString() ?? null,
    settledAt: view.settledAt?.toISOString() ?? null,
    revision: view.settledRevision,
    contentRevision: view.contentRevision,
    leftOut: view.leftOut.flatMap(toLeftOut),
    publications: view.publications.map(toPublication),
  };
}

function toLeftOut(row: object): Plain<LeftOutDto>[] {
  const accountId = textAt(row, 'accountId');
  const reason = textAt(row, 'reason');
  return accountId === null || reason === null ? [] : [{ accountId: toPublicId('acc', accountId), reason }];
}

import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { FailureKind } from '../../platforms/core/index.js';
import { incompleteCode } from './stored-error.js';

/** How something ended that did not end well. `incomplete`: published, of which something is missing or not known to be out. */
export const unsuccessfulEnds = ['failed', 'unconfirmed', 'skipped', 'incomplete'] as const;
export type UnsuccessfulEnd = (typeof unsuccessfulEnds)[number];
/** What may be taken up by filter: nothing of which nobody knows whether it is out. */
export const retryableEnds = [
  'failed',
  'skipped',
  'incomplete',
] as const satisfies readonly UnsuccessfulEnd[];

/** Which of the publications that did not end well are meant; all conditions that are given hold. */
export interface UnsuccessfulFilter {
  readonly ended?: UnsuccessfulEnd | undefined;
  readonly accountId?: string | undefined;
  readonly platform?: string | undefined;
  readonly postId?: string | undefined;
  readonly planId?: string | undefined;
  /** Code of the error, `<platform>.<what>`; of a skipped one its reason. */
  readonly code?: string | undefined;
  readonly kind?: FailureKind | undefined;
  /** Ended at or after. */
  readonly since?: Date | undefined;
  /** Ended before. */
  readonly until?: Date | undefined;
}

export interface RetryFilter extends UnsuccessfulFilter {
  readonly limit: number;
}

/** As the index `publications_unsuccessful` has it. */
const unsuccessful = `(p.state = ANY (ARRAY['failed'::text, 'unconfirmed'::text, 'skipped'::text])
  OR p.state = 'published' AND p.warnings @> '[{"code": "${incompleteCode}"}]'::jsonb)`;

const stateOf: Record<UnsuccessfulEnd, string> = {
  failed: 'failed',
  unconfirmed: 'unconfirmed',
  skipped: 'skipped',
  incomplete: 'published',
};

/** Narrows a query over publications `p` of the workspace. */
export function whereUnsuccessful<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  filter: UnsuccessfulFilter,
): SelectQueryBuilder<T> {
  query.andWhere(unsuccessful);
  const conditions: readonly (readonly [string, string, unknown])[] = [
    ['p.state = :ended', 'ended', filter.ended === undefined ? undefined : stateOf[filter.ended]],
    ['p.account_id = :accountId', 'accountId', filter.accountId],
    ['p.platform = :platform', 'platform', filter.platform],
    ['p.post_id = :postId', 'postId', filter.postId],
    ['p.plan_id = :planId', 'planId', filter.planId],
    [`coalesce(p.error ->> 'code', p.reason) = :code`, 'code', filter.code],
    [`p.error ->> 'kind' = :kind`, 'kind', filter.kind],
    ['p.settled_at >= :since', 'since', filter.since],
    ['p.settled_at < :until', 'until', filter.until],
  ];
  for (const [condition, name, value] of conditions)
    if (value !== undefined) query.andWhere(condition, { [name]: value });
  return query;
}

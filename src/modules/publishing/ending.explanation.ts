import { droppedCodes } from './dropped.parts.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { reason, type Reason } from './reason.js';
import { incompleteCode, isIncomplete, type StoredError, type StoredWarning } from './stored-error.js';

/** What went out without a part that the platform refused, as the post allows. */
export function leftOut({ warnings }: Pick<PublicationEntity, 'warnings'>): Reason[] {
  return warnings
    .filter(({ code }) => droppedCodes.includes(code))
    .map(({ code, message }) => reason(code, message));
}

/** How it ended, and what can be done about it. */
export function endOf(
  row: Pick<PublicationEntity, 'state' | 'error' | 'permalink' | 'reason' | 'warnings'>,
): Reason {
  const { error } = row;
  if (isIncomplete(row)) return incomplete(row.warnings, error);
  if (row.state === 'published') {
    return reason('published', `It is live${row.permalink === null ? '' : `: ${row.permalink}`}.`);
  }
  if (row.state === 'canceled')
    return reason('canceled', 'It was taken back before anything of it went out.');
  if (row.state !== 'skipped') {
    return reason(
      error?.code ?? row.state,
      error?.message ?? `It ended ${row.state}.`,
      error?.remedy ?? null,
    );
  }
  return row.reason === 'too_late'
    ? reason(
        'too_late',
        'It was passed over, because it was later than the post allows.',
        'Publish the post again if it is still wanted.',
      )
    : reason(
        'platform_disabled',
        error?.message ?? 'It was passed over, because the platform was switched off.',
        error?.remedy ?? 'Switch the platform on, then retry it.',
      );
}

function incomplete(warnings: readonly StoredWarning[], error: StoredError | null): Reason {
  const what = warnings.find(({ code }) => code === incompleteCode)?.message ?? '';
  const remedy =
    error?.kind === 'outcome_unknown'
      ? error.remedy
      : 'Mend the cause, then retry this publication: it goes on behind what is out.';
  return reason('incomplete', `It is live, but not all of it. ${what}`, remedy);
}

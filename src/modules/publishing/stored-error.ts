import {
  PublishError,
  type FailureItem,
  type FailureKind,
  type FailureSource,
  type PublishWarning,
} from '../../platforms/core/index.js';
import { HttpTransportError } from '../../common/http/index.js';
import type { PublicationState } from './publication.states.js';

/** A failure as it is stored and shown. */
export interface StoredError {
  readonly kind: FailureKind;
  readonly code: string;
  readonly platformCode: string | null;
  readonly source: FailureSource;
  readonly retryable: boolean;
  /** ISO instant of the next try, null when there is none. */
  readonly retryAt: string | null;
  readonly message: string;
  readonly remedy: string;
  readonly item: FailureItem | null;
}

export type StoredWarning = PublishWarning;

/** Warning of a publication that is published, of which something that was to follow is missing or not known to be out. */
export const incompleteCode = 'incomplete';

/** Whether something that was to follow what is out is missing, or not known to be out. */
export function isIncomplete(row: {
  readonly state: PublicationState;
  readonly warnings: readonly StoredWarning[];
}): boolean {
  return row.state === 'published' && row.warnings.some(({ code }) => code === incompleteCode);
}

/** Every error that leaves a publisher, as a PublishError. What it did not throw on purpose is transient and ours. */
export function toPublishError(error: unknown, platform: string): PublishError {
  if (error instanceof PublishError) return error;
  if (error instanceof HttpTransportError && error.reason === 'body_failed')
    return fileUnreadable(error, error.phase === 'before_send');
  if (error instanceof HttpTransportError) {
    return new PublishError({
      kind: 'transient',
      code: `${platform}.unreachable`,
      platformCode: error.reason,
      message: `The platform could not be reached: ${error.message}`,
      remedy: 'Nothing to do: Fanfare tries again.',
      provesNothingCreated: error.phase === 'before_send',
      cause: error,
    });
  }
  return new PublishError({
    kind: 'transient',
    code: 'engine.unexpected',
    source: 'system',
    message: 'Fanfare met an error that it did not expect.',
    remedy: 'Nothing to do: Fanfare tries again. If it persists, look for this publication in the log.',
    cause: error,
  });
}

/** The bytes of a file are not where they were, or not whole: no fault of the platform, and it may be a disk that is not mounted. */
export function fileUnreadable(cause: unknown, provesNothingCreated: boolean): PublishError {
  return new PublishError({
    kind: 'transient',
    code: 'media.unreadable',
    source: 'system',
    message: 'A file of the post cannot be read: its bytes are gone from the storage, or were changed there.',
    remedy: 'Bring the storage of media back, or give this target another file; then retry it.',
    provesNothingCreated,
    cause,
  });
}

/** The answer was lost, and nothing more can be looked up. */
export function outcomeUnknown(platform: string, reason: string): PublishError {
  return new PublishError({
    kind: 'outcome_unknown',
    code: `${platform}.outcome_unknown`,
    message: `The answer of the platform was lost, and whether the post is live cannot be told: ${reason}`,
    remedy: 'Look at the account, then say what you see with POST /publications/{id}/resolve.',
  });
}

/** What a call had met that is proven to have created nothing. */
export function transient({ code, platformCode, source, message, remedy }: StoredError): PublishError {
  return new PublishError({
    kind: 'transient',
    code,
    platformCode: platformCode ?? undefined,
    source,
    message,
    remedy,
    provesNothingCreated: true,
  });
}

export function storeError(error: PublishError, retryAt: Date | null): StoredError {
  return {
    kind: error.kind,
    code: error.code,
    platformCode: error.platformCode,
    source: error.source,
    retryable: retryAt !== null,
    retryAt: retryAt?.toISOString() ?? null,
    message: error.message,
    remedy: error.remedy,
    item: error.item,
  };
}

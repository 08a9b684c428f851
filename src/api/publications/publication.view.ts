import { toPublicId } from '../../common/ids/index.js';
import type { PublicationView, StoredError } from '../../modules/publishing/index.js';
import type { Plain } from '../common/plain.js';
import type { FailureDto } from './failure.dto.js';
import type { PublicationStateDto } from './publication-state.dto.js';
import type { PublicationDto } from './publication.dto.js';

/** Until its time has come a publication waits for nothing else: `dueAt` says when. */
export function toPublicationState(view: PublicationView): Plain<PublicationStateDto> {
  const waits = view.status !== 'scheduled';
  return {
    id: toPublicId('pub', view.id),
    status: view.status,
    permalink: view.permalink,
    platformPostId: view.platformPostId,
    publishedAt: view.publishedAt?.toISOString() ?? null,
    deletedAt: view.deletedAt?.toISOString() ?? null,
    latenessMs: view.latenessMs,
    attemptCount: view.attemptCount,
    nextAttemptAt: waits ? (view.nextAttemptAt?.toISOString() ?? null) : null,
    waitingFor:
      waits && view.waitingFor !== null
        ? { reason: view.waitingFor.reason, until: view.waitingFor.until?.toISOString() ?? null }
        : null,
    reason: view.reason,
    error: view.error === null ? null : toFailure(view.error),
    warnings: view.warnings.map(({ code, message }) => ({ code, message })),
  };
}

/** What a publication will look like as long as nothing has happened to it. */
export function plannedPublication(publicationId: string): Plain<PublicationStateDto> {
  return {
    id: toPublicId('pub', publicationId),
    status: 'scheduled',
    permalink: null,
    platformPostId: null,
    publishedAt: null,
    deletedAt: null,
    latenessMs: null,
    attemptCount: 0,
    nextAttemptAt: null,
    waitingFor: null,
    reason: null,
    error: null,
    warnings: [],
  };
}

export function toPublication(view: PublicationView): Plain<PublicationDto> {
  return {
    ...toPublicationState(view),
    planId: toPublicId('plan', view.planId),
    postId: toPublicId('post', view.postId),
    accountId: toPublicId('acc', view.accountId),
    platform: view.platform,
    dueAt: view.dueAt.toISOString(),
  };
}

function toFailure(error: StoredError): Plain<FailureDto> {
  const { kind, code, platformCode, source, retryable, retryAt, message, remedy, item } = error;
  return {
    kind,
    code,
    platformCode,
    source,
    retryable,
    retryAt,
    message,
    remedy,
    item: item === null ? null : { ...item },
  };
}

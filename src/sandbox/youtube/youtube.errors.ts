import type { JsonObject } from '../core/json.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';

export interface Problem {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly domain?: string;
  readonly location?: string;
  readonly locationType?: string;
  /** The name of the newer kind of errors: `PERMISSION_DENIED`. */
  readonly status?: string;
}

/** What a client has to tell apart is the reason, not the code. */
export function problem({ code, message, status, ...entry }: Problem): SandboxResponse {
  const { domain = 'youtube.video', reason, location, locationType } = entry;
  const where: JsonObject = {
    ...(location === undefined ? {} : { location }),
    ...(locationType === undefined ? {} : { locationType }),
  };
  const errors = [{ message, domain, reason, ...where }];
  return json(code, { error: { code, message, errors, ...(status === undefined ? {} : { status }) } });
}

export function refuse(what: Problem): Refusal {
  return new Refusal(problem(what));
}

/** A field of the metadata that is wrong. */
export function invalid(reason: string, message: string, location = 'body'): Refusal {
  return refuse({ code: 400, reason, message, location, locationType: 'other' });
}

export function badParameter(location: string, message: string): Refusal {
  const domain = 'youtube.parameter';
  return refuse({
    ...{ code: 400, reason: 'invalidParameter', message, domain, location },
    locationType: 'parameter',
  });
}

export function notFound(
  reason: 'videoNotFound' | 'playlistNotFound' | 'commentNotFound',
  id: string,
): Refusal {
  const domain = { videoNotFound: 'video', playlistNotFound: 'playlistItem', commentNotFound: 'comment' };
  const message = `What is identified by ${id} cannot be found.`;
  return refuse({ code: 404, reason, message, domain: `youtube.${domain[reason]}` });
}

export function forbidden(message = 'The request is not properly authorized.'): Refusal {
  return refuse({ code: 403, reason: 'forbidden', message, domain: 'youtube.common' });
}

export function unauthenticated(): Refusal {
  const message =
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';
  return refuse({
    ...{ code: 401, reason: 'authError', message, domain: 'global', status: 'UNAUTHENTICATED' },
    ...{ location: 'Authorization', locationType: 'header' },
  });
}

/** A login without a channel: no token is wrong here. */
export function signupRequired(): Refusal {
  return refuse({
    ...{ code: 401, reason: 'youtubeSignupRequired', message: 'Unauthorized', domain: 'youtube.header' },
    ...{ location: 'Authorization', locationType: 'header' },
  });
}

export function scopeMissing(): Refusal {
  const message = 'Request had insufficient authentication scopes.';
  const status = 'PERMISSION_DENIED';
  return refuse({ code: 403, reason: 'insufficientPermissions', message, domain: 'global', status });
}

export function accountEnded(how: 'Suspended' | 'Closed'): Refusal {
  return refuse({
    ...{ code: 403, reason: `authenticatedUserAccount${how}`, domain: 'youtube.common' },
    message: `The account of the authenticated user is ${how.toLowerCase()}.`,
  });
}

export function apiDisabled(): Refusal {
  return refuse({
    ...{ code: 403, reason: 'accessNotConfigured', domain: 'usageLimits', status: 'PERMISSION_DENIED' },
    message:
      'YouTube Data API v3 has not been used in project 100000000001 before or it is disabled. Enable it, then retry.',
  });
}

export function quotaExceeded(): Refusal {
  return refuse({
    ...{ code: 403, reason: 'quotaExceeded', domain: 'youtube.quota' },
    message:
      'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.',
  });
}

/** The bucket of videos.insert: since May 2026 another code and reason than the common quota. */
export function insertQuotaExceeded(): Refusal {
  return refuse({
    ...{ code: 429, reason: 'rateLimitExceeded', domain: 'global', status: 'RESOURCE_EXHAUSTED' },
    message:
      "Quota exceeded for quota metric 'Video Uploads' and limit 'Video Uploads per day' of service 'youtube.googleapis.com' for consumer 'project_number:100000000001'.",
  });
}

/** The shape of an error that a fault makes, or the framework. */
export function renderError(code: number, message: string): SandboxResponse {
  const reasons: Readonly<Record<number, string>> = {
    400: 'badRequest',
    401: 'authError',
    403: 'forbidden',
    404: 'notFound',
    429: 'rateLimitExceeded',
    500: 'internalError',
  };
  const reason = reasons[code] ?? (code >= 500 ? 'backendError' : 'badRequest');
  return problem({ code, reason, message, domain: 'global' });
}

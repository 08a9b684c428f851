import type { JsonObject, JsonValue } from '../core/json.js';
import { html, json, Refusal, type SandboxResponse } from '../core/response.js';

const NAMES: ReadonlyMap<number, string> = new Map([
  [400, 'INVALID_ARGUMENT'],
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [409, 'ALREADY_EXISTS'],
  [429, 'RESOURCE_EXHAUSTED'],
  [500, 'INTERNAL'],
  [503, 'UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
]);
const INVALID = 'Request contains an invalid argument.';
const IMAGE_NOT_FETCHED = 1000;
const TYPE = 'type.googleapis.com';

/** The shape that all errors of Google's APIs have. */
export function googleError(
  code: number,
  message: string,
  details: readonly JsonObject[] = [],
): SandboxResponse {
  const status = NAMES.get(code) ?? 'UNKNOWN';
  return json(code, {
    error: { code, message, status, ...(details.length === 0 ? {} : { details: [...details] }) },
  });
}

function refuse(code: number, message: string, ...details: readonly JsonObject[]): Refusal {
  return new Refusal(googleError(code, message, details));
}

function errorInfo(reason: string, metadata: JsonObject = {}): JsonObject {
  return { '@type': `${TYPE}/google.rpc.ErrorInfo`, reason, domain: 'googleapis.com', metadata };
}

/** What v4 says about one field of a post. */
export function invalidField(field: string, message: string, value: JsonValue = null, code = 5): Refusal {
  const detail: JsonObject = { code, field, message, ...(value === null ? {} : { value: shown(value) }) };
  return refuse(400, INVALID, {
    '@type': `${TYPE}/google.mybusiness.v4.ValidationError`,
    errorDetails: [detail],
  });
}

/** What the newer APIs, and the reading of the JSON, say. */
export function badRequest(field: string, description: string): Refusal {
  return refuse(400, description, {
    '@type': `${TYPE}/google.rpc.BadRequest`,
    fieldViolations: [{ field, description }],
  });
}

export function imageNotFetched(field: string, url: string): Refusal {
  return invalidField(field, 'Fetching image failed.', url, IMAGE_NOT_FETCHED);
}

export function imageRefused(field: string, why: string): Refusal {
  return invalidField(field, `PHOTO_UPLOAD_FAILED: ${why}`);
}

export function postsDisabled(): Refusal {
  return refuse(400, INVALID, errorInfo('LOCATION_DISABLED_FOR_LOCAL_POST_API'));
}

export function unauthenticated(missing: boolean): Refusal {
  const message = missing
    ? 'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.'
    : 'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.';
  return refuse(401, message);
}

export function scopeInsufficient(): Refusal {
  return refuse(
    403,
    'Request had insufficient authentication scopes.',
    errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
  );
}

export function permissionDenied(): Refusal {
  return refuse(403, 'The caller does not have permission');
}

export function serviceDisabled(service: string): Refusal {
  const message = `${service} has not been used in this project before or it is disabled.`;
  return refuse(403, message, errorInfo('SERVICE_DISABLED', { service }));
}

export function notFound(): Refusal {
  return refuse(404, 'Requested entity was not found.');
}

/** The message is the same for a project that was never approved: only the limit tells it. */
export function quotaExceeded(service: string, limit: number): Refusal {
  const message = `Quota exceeded for quota metric 'Requests' and limit 'Requests per minute' of service '${service}' for consumer 'project_number:204150000001'.`;
  const metadata = { service, quota_limit_value: String(limit), consumer: 'projects/204150000001' };
  return refuse(429, message, errorInfo('RATE_LIMIT_EXCEEDED', metadata));
}

/** Too many changes of one profile. */
export function editsExceeded(limit: number): Refusal {
  const message = `Quota exceeded for quota metric 'Edits' and limit 'Edits per minute per profile'.`;
  return refuse(429, message, errorInfo('RATE_LIMIT_EXCEEDED', { quota_limit_value: String(limit) }));
}

/** Videos in posts end so every time. */
export function internal(): Refusal {
  return refuse(500, 'Internal error encountered.');
}

/** No route at all: a page for people, whatever was asked for. */
export function noSuchPage(path: string): SandboxResponse {
  return html(
    404,
    `<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> That’s an error.<p>The requested URL <code>${path.replace(/[^\w/.:-]/g, '')}</code> was not found on this server.</html>`,
  );
}

function shown(value: JsonValue): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200);
}

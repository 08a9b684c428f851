import type { HttpAnswer } from '../../../common/http/index.js';
import type { FailedAnswer } from '../error-table.js';
import { numberAt, recordAt, textAt, textsAt } from '../json.reader.js';
import type { OAuthToken } from './oauth.types.js';

/** The body as JSON; undefined when it is none (a proxy's page). */
export function jsonOf(answer: HttpAnswer): unknown {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

/**
 * Reads a token, in the flat shape or in `{ "data": [{ … }] }`. Null when there is none.
 * @param now what `expires_in` is counted from.
 */
export function readOAuthToken(body: unknown, now: Date): OAuthToken | null {
  const flat = recordAt(body, 'data', 0) ?? recordAt(body);
  const accessToken = textAt(flat, 'access_token');
  if (flat === null || accessToken === null || accessToken === '') return null;
  const refreshToken = textAt(flat, 'refresh_token');
  return {
    accessToken,
    refreshToken: refreshToken === '' ? null : refreshToken,
    expiresAt: after(now, secondsAt(flat, 'expires_in')),
    refreshExpiresAt: after(
      now,
      secondsAt(flat, 'refresh_token_expires_in') ?? secondsAt(flat, 'refresh_expires_in'),
    ),
    scopes: scopesOf(flat),
    answer: flat,
  };
}

/** Some platforms write the number as a text. */
function secondsAt(body: unknown, name: string): number | null {
  const value = numberAt(body, name) ?? Number(textAt(body, name) ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

function after(now: Date, seconds: number | null): Date | null {
  return seconds === null ? null : new Date(now.getTime() + seconds * 1000);
}

/** `scope` is split at spaces or commas, whatever the request used; `permissions` is a list or such a text. */
function scopesOf(body: unknown): string[] | null {
  const listed = [...textsAt(body, 'scope'), ...textsAt(body, 'permissions')];
  if (listed.length > 0) return listed;
  const text = textAt(body, 'scope') ?? textAt(body, 'permissions');
  if (text === null) return null;
  return text.split(/[\s,]+/).filter((scope) => scope !== '');
}

/**
 * What a token endpoint says when it gives no token: the words of RFC 6749, of the Graph API, or of Instagram. An error in an
 * answer with status 200 is an error as well.
 */
export function readOAuthFailure(answer: HttpAnswer, operation: 'token' | 'revoke'): FailedAnswer {
  const body = jsonOf(answer);
  const graph = recordAt(body, 'error');
  const code =
    textAt(body, 'error') ??
    codeAt(graph, 'code') ??
    codeAt(body, 'code') ??
    textAt(body, 'error_type') ??
    undefined;
  const subcode = codeAt(graph, 'error_subcode');
  const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
  return {
    status: answer.status,
    code,
    ...(subcode === null ? {} : { subcode }),
    message:
      textAt(body, 'error_description') ??
      textAt(graph, 'message') ??
      textAt(body, 'error_message') ??
      textAt(body, 'message') ??
      '',
    operation,
    retryAfterMs: Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : undefined,
    recognised: code !== undefined,
  };
}

function codeAt(body: unknown, name: string): string | null {
  const number = numberAt(body, name);
  return number === null ? textAt(body, name) : String(number);
}

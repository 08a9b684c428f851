import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../core/json.js';
import { accepted, json, Refusal, type SandboxResponse } from '../core/response.js';

/** Every code that the simulator answers by itself, with the status that it comes with. */
const STATUSES = {
  access_token_invalid: 401,
  scope_not_authorized: 401,
  rate_limit_exceeded: 429,
  invalid_params: 400,
  app_version_check_failed: 400,
  invalid_publish_id: 400,
  token_not_authorized_for_specified_publish_id: 400,
  publish_not_cancellable: 400,
  privacy_level_option_mismatch: 403,
  url_ownership_unverified: 403,
  unaudited_client_can_only_post_to_private_accounts: 403,
  spam_risk_too_many_posts: 403,
  spam_risk_too_many_pending_share: 400,
  reached_active_user_cap: 403,
  spam_risk_user_banned_from_posting: 403,
  internal_error: 500,
} as const;

export type ErrorCode = keyof typeof STATUSES;

const MESSAGES: Readonly<Partial<Record<ErrorCode, string>>> = {
  access_token_invalid: 'The access token is invalid or not found in the request.',
  scope_not_authorized: 'The user did not authorize the scope required for completing this request.',
  rate_limit_exceeded: 'The API rate limit was exceeded. Please try again later.',
  app_version_check_failed: 'The TikTok app of the user is too old.',
  invalid_publish_id: 'The publish_id does not exist.',
  token_not_authorized_for_specified_publish_id: 'The access token may not see this publish_id.',
  publish_not_cancellable: 'The publishing can no longer be canceled.',
  privacy_level_option_mismatch: 'The privacy_level is not among the options of the creator.',
  url_ownership_unverified: 'Please review our URL ownership verification rules.',
  unaudited_client_can_only_post_to_private_accounts:
    'Please review our integration guidelines at https://developers.tiktok.com/doc/content-sharing-guidelines/',
  spam_risk_too_many_posts: 'The daily post cap from the API is reached for the current user.',
  spam_risk_too_many_pending_share: 'The creator has too many shares that are not posted.',
  reached_active_user_cap: 'The daily quota for active publishing users is reached.',
  spam_risk_user_banned_from_posting: 'The user is banned from making new posts.',
};

/** What every answer of the version 2 looks like. */
export function envelope(status: number, data: JsonObject, code: string, message: string): SandboxResponse {
  return json(status, { data, error: { code, message, log_id: logId() } });
}

export function success(data: JsonObject): SandboxResponse {
  return envelope(200, data, 'ok', '');
}

/** A read that comes as a POST and changes nothing. */
export function readAnswer(data: JsonObject): SandboxResponse {
  return accepted(success(data), false);
}

export function refuse(code: ErrorCode, message = MESSAGES[code] ?? code): Refusal {
  return new Refusal(envelope(STATUSES[code], {}, code, message));
}

export function invalid(message: string): Refusal {
  return refuse('invalid_params', message);
}

export function codeOf(status: number): ErrorCode {
  if (status === 401) return 'access_token_invalid';
  if (status === 429) return 'rate_limit_exceeded';
  return status >= 500 ? 'internal_error' : 'invalid_params';
}

/** OAuth answers stand alone, and may say what is wrong with the status of a success. */
export function oauthError(status: number, error: string, error_description: string): SandboxResponse {
  return accepted(json(status, { error, error_description, log_id: logId() }), false);
}

export function logId(): string {
  return randomBytes(16).toString('hex').toUpperCase();
}

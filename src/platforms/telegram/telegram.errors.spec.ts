import { PublishError, type FailureKind } from '../core/index.js';
import { readAnswer, readMessage } from './telegram.answers.js';

type Body = Record<string, unknown>;

function answer(status: number, body: Body | string) {
  return { status, json: (): unknown => (typeof body === 'string' ? JSON.parse(body) : body) };
}

function refuse(status: number, description: string, more: Body = {}): PublishError {
  return thrownBy(() =>
    readAnswer(
      answer(status, { ok: false, error_code: status, description, ...more }),
      'sendMessage',
      readMessage,
    ),
  );
}

function thrownBy(fn: () => unknown): PublishError {
  try {
    fn();
  } catch (error) {
    if (error instanceof PublishError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Status, description as Telegram writes it, kind, code, whether nothing was created. */
const rows: [number, string, FailureKind, string, boolean][] = [
  [401, 'Unauthorized', 'auth_expired', 'token_revoked', true],
  [404, 'Not Found', 'auth_expired', 'token_malformed', true],
  [403, 'Forbidden: bot was kicked from the channel chat', 'auth_expired', 'access_lost', true],
  [403, 'Forbidden: bot was kicked from the supergroup chat', 'auth_expired', 'access_lost', true],
  [403, 'Forbidden: bot is not a member of the channel chat', 'auth_expired', 'access_lost', true],
  [403, 'Forbidden: the group chat was deleted', 'auth_expired', 'access_lost', true],
  [403, 'Forbidden: bot was blocked by the user', 'auth_expired', 'access_lost', true],
  [403, 'Forbidden: user is deactivated', 'auth_expired', 'access_lost', true],
  [403, 'Forbidden: something new', 'content_refused', 'forbidden', true],
  [400, 'Bad Request: chat not found', 'auth_expired', 'chat_not_found', true],
  [
    400,
    'Bad Request: not enough rights to send text messages to the chat',
    'content_refused',
    'permission_missing',
    true,
  ],
  [
    400,
    'Bad Request: need administrator rights in the channel chat',
    'content_refused',
    'permission_missing',
    true,
  ],
  [400, 'Bad Request: have no rights to send a message', 'content_refused', 'permission_missing', true],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'content_refused', 'permission_missing', true],
  [400, 'Bad Request: CHAT_ADMIN_REQUIRED', 'content_refused', 'permission_missing', true],
  [
    400,
    'Bad Request: group chat was upgraded to a supergroup chat',
    'content_refused',
    'chat_migrated',
    true,
  ],
  [400, 'Bad Request: message is too long', 'content_refused', 'text_too_long', true],
  [400, 'Bad Request: message caption is too long', 'content_refused', 'caption_too_long', true],
  [400, 'Bad Request: message text is empty', 'content_refused', 'text_empty', true],
  [
    400,
    'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 3',
    'content_refused',
    'markup_invalid',
    true,
  ],
  [
    400,
    'Bad Request: wrong file identifier/HTTP URL specified',
    'content_refused',
    'media_source_invalid',
    true,
  ],
  [400, 'Bad Request: wrong HTTP URL specified', 'content_refused', 'media_source_invalid', true],
  [400, 'Bad Request: wrong type of the web page content', 'content_refused', 'media_source_invalid', true],
  [400, 'Bad Request: PHOTO_INVALID_DIMENSIONS', 'content_refused', 'photo_dimensions', true],
  [400, 'Bad Request: file is too big', 'content_refused', 'file_too_big', true],
  [413, 'Request Entity Too Large', 'content_refused', 'file_too_big', true],
  [400, 'Bad Request: MEDIA_GROUPED_INVALID', 'content_refused', 'album_mix', true],
  [400, "Bad Request: document can't be mixed with other media types", 'content_refused', 'album_mix', true],
  [400, 'Bad Request: message to be replied not found', 'content_refused', 'reply_target_gone', true],
  [400, 'Bad Request: message thread not found', 'content_refused', 'topic_not_found', true],
  [400, 'Bad Request: failed to get HTTP URL content', 'content_refused', 'url_not_fetched', true],
  [400, 'Bad Request: WEBPAGE_CURL_FAILED', 'content_refused', 'url_not_fetched', true],
  [400, 'Bad Request: something new', 'content_refused', 'bad_request', true],
  [
    400,
    'Bad Request: failed to send message #2 with the error message "Too Many Requests: retry after 8"',
    'outcome_unknown',
    'album_incomplete',
    false,
  ],
  [400, 'Bad Request: group send failed', 'outcome_unknown', 'album_failed', false],
  [
    500,
    "Internal Server Error: sent message was immediately deleted and can't be returned",
    'outcome_unknown',
    'sent_and_deleted',
    false,
  ],
  [421, 'Misdirected Request: unallowed token specified', 'content_refused', 'server_settings', true],
  [409, 'Conflict: terminated by other getUpdates request', 'transient', 'conflict', false],
  [429, 'Too Many Requests: retry after 7', 'rate_limited', 'rate_limited', true],
  [500, 'Internal Server Error', 'transient', 'server_error', false],
  [502, 'Bad Gateway', 'transient', 'server_error', false],
  [503, 'Service Unavailable', 'transient', 'server_error', false],
  [504, 'Gateway Timeout', 'transient', 'server_error', false],
];

describe('the error table of Telegram', () => {
  it.each(rows)('reads %i "%s" as %s (%s), nothing created: %s', (status, words, kind, name, proven) => {
    const error = refuse(status, words);
    expect(error).toMatchObject({ kind, code: `telegram.${name}`, provesNothingCreated: proven });
    expect(error.message).not.toBe('');
    expect(error.remedy).not.toBe('');
  });

  it('waits as long as a 429 says', () => {
    expect(
      refuse(429, 'Too Many Requests: retry after 7', { parameters: { retry_after: 7 } }).retryAfterMs,
    ).toBe(7000);
  });

  it('keeps a limit hidden in an album failure from being repeated', () => {
    const words =
      'Bad Request: failed to send message #1 with the error message "Too Many Requests: retry after 8"';
    expect(refuse(400, words).retryable).toBe(false);
  });

  it('concludes nothing from an answer that is not in the format of Telegram', () => {
    for (const status of [400, 403, 404, 413, 429, 500, 502]) {
      const error = thrownBy(() => readAnswer(answer(status, '<html>'), 'sendMessage', readMessage));
      expect(error.provesNothingCreated).toBe(false);
    }
  });

  it("does not take a proxy's 401 or 404 for a revoked token", () => {
    for (const status of [401, 404]) {
      const error = thrownBy(() => readAnswer(answer(status, { error: 'nope' }), 'getMe', readMessage));
      expect(error.kind).toBe('outcome_unknown');
    }
  });

  it.each([
    ['{"ok":true,"resu'],
    ['[]'],
    ['{"ok":true,"result":true}'],
    ['{"ok":true,"result":{"message_id":"x"}}'],
  ])('calls the outcome unknown when a success can not be read: %s', (body) => {
    expect(thrownBy(() => readAnswer(answer(200, body), 'sendMessage', readMessage))).toMatchObject({
      kind: 'outcome_unknown',
      code: 'telegram.answer_unreadable',
      provesNothingCreated: false,
    });
  });
});

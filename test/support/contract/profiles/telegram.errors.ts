import type { FailureKind, JsonObject } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';

function answer(
  row: string,
  kind: FailureKind,
  [status, description]: readonly [number, string],
  more: JsonObject = {},
): ErrorSample {
  return { row, kind, status, body: { ok: false, error_code: status, description, ...more } };
}

/** A 400, which says in words what it does not like. */
function bad(row: string, words: string, kind: FailureKind = 'content_refused'): ErrorSample {
  return answer(row, kind, [400, `Bad Request: ${words}`]);
}

const lost = (words: string): ErrorSample =>
  answer('access_lost', 'auth_expired', [403, `Forbidden: ${words}`]);

/** Every answer that the sheet lists. */
export const errors: readonly ErrorSample[] = [
  bad(
    'album_incomplete',
    'failed to send message #2 with the error message "Too Many Requests: retry after 8"',
    'outcome_unknown',
  ),
  bad('album_failed', 'group send failed', 'outcome_unknown'),
  answer('sent_and_deleted', 'outcome_unknown', [
    500,
    "Internal Server Error: sent message was immediately deleted and can't be returned",
  ]),
  answer('token_revoked', 'auth_expired', [401, 'Unauthorized']),
  answer('token_malformed', 'auth_expired', [404, 'Not Found']),
  ...['channel chat', 'supergroup chat', 'group chat'].map((chat) => lost(`bot was kicked from the ${chat}`)),
  ...['channel chat', 'supergroup chat'].map((chat) => lost(`bot is not a member of the ${chat}`)),
  lost('the group chat was deleted'),
  lost('bot was blocked by the user'),
  lost('user is deactivated'),
  bad('chat_not_found', 'chat not found', 'auth_expired'),
  answer(
    'chat_migrated',
    'content_refused',
    [400, 'Bad Request: group chat was upgraded to a supergroup chat'],
    { parameters: { migrate_to_chat_id: -1_002_000_000_099 } },
  ),
  ...[
    'not enough rights to send text messages to the chat',
    'need administrator rights in the channel chat',
    'have no rights to send a message',
    'CHAT_WRITE_FORBIDDEN',
    'CHAT_ADMIN_REQUIRED',
  ].map((words) => bad('permission_missing', words)),
  bad('caption_too_long', 'message caption is too long'),
  bad('text_too_long', 'message is too long'),
  bad('text_empty', 'message text is empty'),
  bad('markup_invalid', 'can\'t parse entities: Unsupported start tag "x" at byte offset 3'),
  bad('media_source_invalid', 'wrong file identifier/HTTP URL specified'),
  bad('media_source_invalid', 'wrong HTTP URL specified'),
  bad('media_source_invalid', 'wrong type of the web page content'),
  bad('photo_dimensions', 'PHOTO_INVALID_DIMENSIONS'),
  bad('file_too_big', 'file is too big'),
  answer('file_too_big', 'content_refused', [413, 'Request Entity Too Large']),
  bad('album_mix', 'MEDIA_GROUPED_INVALID'),
  bad('reply_target_gone', 'message to be replied not found'),
  bad('topic_not_found', 'message thread not found'),
  bad('url_not_fetched', 'failed to get HTTP URL content'),
  bad('url_not_fetched', 'WEBPAGE_CURL_FAILED'),
  bad('message_gone', 'message to delete not found'),
  bad('deletion_refused', "message can't be deleted"),
  answer('server_settings', 'content_refused', [421, 'Misdirected Request: unallowed token specified']),
  answer('conflict', 'transient', [409, 'Conflict: terminated by other getUpdates request']),
  answer('rate_limited', 'rate_limited', [429, 'Too Many Requests: retry after 35'], {
    parameters: { retry_after: 35 },
  }),
  ...[500, 502, 503, 504].map((status) =>
    answer('server_error', 'transient', [status, 'Internal Server Error']),
  ),
  answer('forbidden', 'content_refused', [403, 'Forbidden: something new']),
  bad('bad_request', 'something new'),
  // The sheet has no words for polls.
  {
    ...bad('bad_request', "non-anonymous polls can't be sent to channel chats"),
    operation: 'sendPoll',
    draft: { text: 'Which?', settings: { poll: { options: ['this', 'that'] } } },
  },
];

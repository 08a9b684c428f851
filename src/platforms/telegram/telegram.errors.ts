import type { ErrorRow, ErrorTable } from '../core/index.js';

const SHEET = 'fact sheet of 2026-11, section 7 (Bot API 10.1, tdlib/telegram-bot-api of 2026-05-07)';
const RECONNECT = 'Connect the account again.';
const EDIT = 'Change the post and retry it.';
const LOOK = 'Look at the chat, then resolve the publication as published or not published.';

/** Nothing can be told after these: the message may stand in the chat. They come before the rows of their status. */
const ambiguous: readonly ErrorRow[] = [
  {
    pattern: /^failed to send message #\d+/,
    kind: 'outcome_unknown',
    name: 'album_incomplete',
    message: 'Telegram refused an item of the album; the other items may have been delivered.',
    remedy: LOOK,
    evidence: `${SHEET}; rubenlagus/TelegramBots#1520: the other items were delivered`,
  },
  {
    pattern: /^group send failed/,
    kind: 'outcome_unknown',
    name: 'album_failed',
    message: 'Telegram failed to send the album; some of its items may have been delivered.',
    remedy: LOOK,
    evidence: `${SHEET} and 8`,
  },
  {
    pattern: /^sent message was immediately deleted/,
    kind: 'outcome_unknown',
    name: 'sent_and_deleted',
    message:
      'The message was sent, and something in the chat (an anti-spam bot, automatic deletion) deleted it at once.',
    remedy: 'Do not send it again. Look at the chat and at the bots in it, then resolve the publication.',
    evidence: SHEET,
  },
];

const account: readonly ErrorRow[] = [
  {
    status: 401,
    pattern: /^unauthorized/,
    kind: 'auth_expired',
    name: 'token_revoked',
    message: "The bot's token was revoked.",
    remedy: 'Get the token from @BotFather and connect the account again.',
    evidence: SHEET,
  },
  {
    status: 404,
    pattern: /^not found$/,
    kind: 'auth_expired',
    name: 'token_malformed',
    message: 'Telegram does not know this bot token.',
    remedy: 'Copy the whole token from @BotFather and connect the account again.',
    evidence: `${SHEET} and 2: a malformed token is answered like an unknown method`,
  },
  {
    status: 403,
    pattern:
      /^(?:bot was kicked from the|bot is not a member of the|the group chat was deleted|bot was blocked by the user|user is deactivated)/,
    kind: 'auth_expired',
    name: 'access_lost',
    message: 'The bot is no longer in this chat, or the chat is gone.',
    remedy: `Add the bot to the chat again, as an administrator in a channel. ${RECONNECT}`,
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^chat not found/,
    kind: 'auth_expired',
    name: 'chat_not_found',
    message: 'Telegram does not find the chat, or the bot never was in it.',
    remedy: `Check the name of the chat and that the bot is in it. ${RECONNECT}`,
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^group chat was upgraded to a supergroup/,
    kind: 'content_refused',
    name: 'chat_migrated',
    message: 'The group was upgraded to a supergroup and has another id now.',
    remedy: 'Connect the group again by its new id, and send the post to that account.',
    evidence: SHEET,
  },
  {
    status: 400,
    pattern:
      /^(?:not enough rights|need administrator rights|have no rights to send|chat_write_forbidden|chat_admin_required)/,
    kind: 'content_refused',
    name: 'permission_missing',
    message: 'The bot may not post in this chat.',
    remedy:
      'Make the bot an administrator with the right to post messages (channel), or allow it to send (group).',
    evidence: SHEET,
  },
];

const content: readonly ErrorRow[] = [
  {
    status: 400,
    pattern: /^message caption is too long/,
    kind: 'content_refused',
    name: 'caption_too_long',
    message: 'The caption is longer than 1,024 characters.',
    remedy: EDIT,
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^message is too long/,
    kind: 'content_refused',
    name: 'text_too_long',
    message: 'The text is longer than 4,096 characters.',
    remedy: EDIT,
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^message text is empty/,
    kind: 'content_refused',
    name: 'text_empty',
    message: 'Nothing is left of the text after its markup was parsed.',
    remedy: EDIT,
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^can't parse entities/,
    kind: 'content_refused',
    name: 'markup_invalid',
    message: 'Telegram can not parse the markup of the text.',
    remedy: 'Correct the place that the answer names (byte offset), or send it with parseMode "none".',
    evidence: SHEET,
  },
  {
    status: 400,
    pattern:
      /^(?:wrong file identifier\/http url specified|wrong http url specified|wrong type of the web page)/,
    kind: 'content_refused',
    name: 'media_source_invalid',
    message: 'Telegram can not use the source of the file.',
    remedy: 'Upload the file again and give it to the post.',
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^photo_invalid_dimensions/,
    kind: 'content_refused',
    name: 'photo_dimensions',
    message: 'The photo is too large or too narrow: width plus height at most 10,000, ratio at most 20.',
    remedy: 'Scale or crop the photo.',
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^file is too big/,
    kind: 'content_refused',
    name: 'file_too_big',
    message: 'The file is larger than Telegram takes.',
    remedy: 'Compress or shorten it: photos up to 10 MB, other files up to 50 MB.',
    evidence: SHEET,
  },
  {
    status: 413,
    kind: 'content_refused',
    name: 'file_too_big',
    message: 'The file is larger than Telegram takes.',
    remedy: 'Compress or shorten it: photos up to 10 MB, other files up to 50 MB.',
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^(?:media_grouped_invalid|[^#]*can't be (?:mixed|grouped))/,
    kind: 'content_refused',
    name: 'album_mix',
    message: 'These files can not stand in one album.',
    remedy: 'Mix photos and videos only; documents and audio go with their own kind.',
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^message to be replied not found/,
    kind: 'content_refused',
    name: 'reply_target_gone',
    message: 'The message to reply to is gone.',
    remedy: EDIT,
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^message thread not found/,
    kind: 'content_refused',
    name: 'topic_not_found',
    message: 'The forum topic does not exist.',
    remedy: 'Correct the setting messageThreadId, or leave it out.',
    evidence: SHEET,
  },
  {
    status: 400,
    pattern: /^(?:failed to get http url content|webpage_curl_failed)/,
    kind: 'content_refused',
    name: 'url_not_fetched',
    message: 'Telegram could not fetch the file from its address.',
    remedy: 'Upload the file again: Fanfare sends the bytes of uploaded files.',
    evidence: SHEET,
  },
];

const deletion: readonly ErrorRow[] = [
  {
    status: 400,
    pattern: /^message to delete not found/,
    kind: 'content_refused',
    name: 'message_gone',
    message: 'The message is gone already.',
    remedy: 'Nothing to do.',
    evidence: 'fact sheet of 2026-11, section 4',
  },
  {
    status: 400,
    pattern: /^message can't be deleted/,
    kind: 'content_refused',
    name: 'deletion_refused',
    message:
      'The bot may not delete this message: in a group its own messages for 48 hours, longer as an administrator.',
    remedy: 'Delete it in Telegram, or give the bot the right to delete messages and ask again.',
    evidence: 'fact sheet of 2026-11, section 4; the words are those of the Bot API server, not verified',
  },
];

const service: readonly ErrorRow[] = [
  {
    status: 421,
    pattern: /^(?:misdirected request|unallowed token)/,
    kind: 'content_refused',
    name: 'server_settings',
    message: 'The Bot API server of this installation does not serve this bot.',
    remedy: 'Check PLATFORM_TELEGRAM_API_URL and the filter of the self-hosted Bot API server.',
    source: 'system',
    evidence: SHEET,
  },
  {
    status: 409,
    kind: 'transient',
    name: 'conflict',
    message: 'Another program reads the updates of this bot, or a webhook is set for it.',
    remedy: 'Give Fanfare a bot of its own.',
    source: 'system',
    provesNothingCreated: false,
    evidence: SHEET,
  },
  {
    status: 429,
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'Telegram asks this bot to slow down; nothing was sent.',
    remedy: 'Nothing to do: it is sent when the pause that Telegram named is over.',
    evidence: `${SHEET} and 6`,
  },
  {
    status: [500, 504],
    kind: 'transient',
    name: 'server_error',
    message: 'Telegram has a problem of its own.',
    remedy: 'Nothing to do before a message was sent; otherwise look at the chat.',
    provesNothingCreated: false,
    evidence: `${SHEET}: ambiguous for sends`,
  },
  {
    status: 403,
    pattern: /./,
    kind: 'content_refused',
    name: 'forbidden',
    message: 'Telegram does not allow the bot to do this.',
    remedy: 'See the words of Telegram at the attempt, and check the rights of the bot in the chat.',
    evidence: `${SHEET} 8: 4xx answers are definite, nothing was sent`,
  },
  {
    status: 400,
    pattern: /./,
    kind: 'content_refused',
    name: 'bad_request',
    message: 'Telegram refused the message.',
    remedy: 'See the words of Telegram at the attempt, and change the post.',
    evidence: `${SHEET} 8: 4xx answers are definite, nothing was sent`,
  },
];

/** Code of the row that says that there is nothing left to delete. */
export const messageGone = 'telegram.message_gone';

/** Telegram has no error codes beyond the status, so rows match its words, in lower case and without their prefix. */
export const telegramErrors: ErrorTable = {
  platform: 'telegram',
  rows: [...ambiguous, ...account, ...content, ...deletion, ...service],
};

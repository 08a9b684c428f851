import { classifyAnswer, PublishError, type FailedAnswer } from '../core/index.js';
import { telegramErrors } from './telegram.errors.js';
import type { MessagePlace } from './telegram.permalink.js';
import { redactToken } from './telegram.token.js';

/** What the client needs of an HTTP answer. */
export interface RawAnswer {
  readonly status: number;
  /** @throws SyntaxError when the body is no JSON. */
  json(): unknown;
}

export interface TelegramBot {
  readonly id: number;
  readonly username: string | null;
  readonly name: string;
}

export interface TelegramChat {
  readonly id: number;
  /** `private`, `group`, `supergroup` or `channel`. */
  readonly type: string;
  readonly title: string;
  readonly username: string | null;
  readonly isForum: boolean;
  /** Whether plain members may send; null where Telegram does not say. */
  readonly membersMaySend: boolean | null;
}

export interface TelegramMembership {
  /** `creator`, `administrator`, `member`, `restricted`, `left` or `kicked`. */
  readonly status: string;
  /** Channels: the administrator's right to post. */
  readonly mayPost: boolean;
  /** Restricted members: whether they may send. */
  readonly maySend: boolean;
}

export interface SentMessage extends MessagePlace {
  readonly mediaGroupId: string | null;
}

type Reader<T> = (result: unknown) => T | null;
type JsonRecord = Readonly<Record<string, unknown>>;

/** Words that Telegram puts before a description, one for each status. */
const prefixes =
  /^(?:bad request|forbidden|internal server error|conflict|unauthorized|misdirected request): /;

/**
 * The result of an answer that says `ok`.
 * @throws PublishError by the error table; `outcome_unknown` when a successful answer can't be read.
 */
export function readAnswer<T>(answer: RawAnswer, operation: string, reader: Reader<T>): T {
  const body = bodyOf(answer);
  const success = answer.status >= 200 && answer.status < 300;
  if (!success || body?.['ok'] === false)
    throw classifyAnswer(telegramErrors, failure(answer, body, operation));
  const result = body?.['ok'] === true ? reader(body['result']) : null;
  if (result !== null) return result;
  throw new PublishError({
    kind: 'outcome_unknown',
    code: 'telegram.answer_unreadable',
    platformCode: String(answer.status),
    message: 'Telegram accepted the request, but its answer can not be read.',
    remedy: 'Look at the chat, then resolve the publication as published or not published.',
  });
}

function failure(answer: RawAnswer, body: JsonRecord | null, operation: string): FailedAnswer {
  const description = text(body?.['description']);
  const code = integer(body?.['error_code']);
  const recognised = body?.['ok'] === false && description !== null && code !== null;
  const retryAfter = integer(record(body?.['parameters'])?.['retry_after']);
  return {
    status: recognised ? code : answer.status,
    message: recognised ? redactToken(description.toLowerCase().replace(prefixes, '')) : '',
    operation,
    recognised,
    retryAfterMs: retryAfter === null ? undefined : retryAfter * 1000,
  };
}

export function readBot(result: unknown): TelegramBot | null {
  const bot = record(result);
  const id = integer(bot?.['id']);
  if (bot === null || id === null || bot['is_bot'] !== true) return null;
  return { id, username: text(bot['username']), name: text(bot['first_name']) ?? '' };
}

export function readChat(result: unknown): TelegramChat | null {
  const chat = record(result);
  const id = integer(chat?.['id']);
  const type = text(chat?.['type']);
  if (chat === null || id === null || type === null) return null;
  const names = [chat['first_name'], chat['last_name']].map(text).filter((name) => name !== null);
  const maySend = record(chat['permissions'])?.['can_send_messages'];
  return {
    id,
    type,
    title: text(chat['title']) ?? names.join(' '),
    username: text(chat['username']),
    isForum: chat['is_forum'] === true,
    membersMaySend: typeof maySend === 'boolean' ? maySend : null,
  };
}

export function readMembership(result: unknown): TelegramMembership | null {
  const member = record(result);
  const status = text(member?.['status']);
  if (member === null || status === null) return null;
  return {
    status,
    mayPost: member['can_post_messages'] === true,
    maySend: member['can_send_messages'] !== false,
  };
}

export function readMessage(result: unknown): SentMessage | null {
  const message = record(result);
  const chat = record(message?.['chat']);
  const messageId = integer(message?.['message_id']);
  const chatId = integer(chat?.['id']);
  if (message === null || chat === null || messageId === null || chatId === null) return null;
  return {
    messageId,
    chatId,
    chatType: text(chat['type']) ?? '',
    chatUsername: text(chat['username']),
    topicId: message['is_topic_message'] === true ? integer(message['message_thread_id']) : null,
    mediaGroupId: text(message['media_group_id']),
  };
}

/** What methods answer that only do something. */
export function readTrue(result: unknown): true | null {
  return result === true ? true : null;
}

export function readMessages(result: unknown): readonly SentMessage[] | null {
  if (!Array.isArray(result) || result.length === 0) return null;
  const messages = result.map(readMessage).filter((message) => message !== null);
  return messages.length === result.length ? messages : null;
}

function bodyOf(answer: RawAnswer): JsonRecord | null {
  try {
    return record(answer.json());
  } catch (error) {
    if (error instanceof SyntaxError) return null; // a proxy in between, or a truncated answer
    throw error;
  }
}

function record(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function integer(value: unknown): number | null {
  return Number.isSafeInteger(value) ? Number(value) : null;
}

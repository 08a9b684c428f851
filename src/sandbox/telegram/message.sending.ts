import type { InboxEntry, InboxLinkCard } from '../core/inbox.js';
import { booleanAt, isJsonObject, numberAt, type JsonObject, type JsonValue } from '../core/json.js';
import { toInboxMedia, type StoredFile } from './file.ids.js';
import type { MethodInput } from './method.input.js';
import type { Chat } from './telegram.chats.js';
import { badRequest, immediatelyDeleted } from './telegram.errors.js';
import type { TelegramState } from './telegram.state.js';
import { displayText } from './text.display.js';
import type { FormattedText } from './text.entities.js';

/** What the send methods have in common. */
export interface SendOptions {
  readonly replyTo: number | null;
  readonly silent: boolean;
  readonly protectedContent: boolean;
  readonly buttons: JsonValue;
}

export interface OutgoingPost {
  readonly chat: Chat;
  readonly options: SendOptions;
  readonly text: FormattedText;
  readonly files: readonly StoredFile[];
  readonly linkCard: InboxLinkCard | null;
  readonly extra: JsonObject;
  /** Parts of the message object that belong to its kind, one for each message. */
  readonly contents: readonly JsonObject[];
}

export function readSendOptions(chat: Chat, input: MethodInput): SendOptions {
  // None of the seeded chats is a forum.
  if (input.integer('message_thread_id') !== undefined) throw badRequest('message thread not found');
  return {
    replyTo: readReply(chat, input.structure('reply_parameters')),
    silent: input.flag('disable_notification'),
    protectedContent: input.flag('protect_content'),
    buttons: input.structure('reply_markup') ?? null,
  };
}

function readReply(chat: Chat, value: JsonValue | undefined): number | null {
  if (value === undefined || !isJsonObject(value)) return null;
  const messageId = numberAt(value, 'message_id') ?? 0;
  if (chat.messageIds.has(messageId)) return messageId;
  if (booleanAt(value, 'allow_sending_without_reply') === true) return null;
  throw badRequest('message to be replied not found');
}

/** Puts the messages into the chat, as one post. Returns what the method answers, one object for each message. */
export function sendPost(state: TelegramState, post: OutgoingPost): readonly JsonObject[] {
  const { chat } = post;
  const messages = post.contents.map((content) => messageOf(state, post, content));
  const [first] = messages;
  const messageId = first === undefined ? 0 : (numberAt(first, 'message_id') ?? 0);
  const isDeleted = state.settings.immediatelyDeleted > 0;
  chat.posts.set(messageId, {
    ...inboxEntry(state, post, messages, messageId),
    extra: { ...extraOf(post, messages), ...(isDeleted ? { immediatelyDeleted: true } : {}) },
  });
  if (isDeleted) {
    state.settings = { ...state.settings, immediatelyDeleted: state.settings.immediatelyDeleted - 1 };
    throw immediatelyDeleted();
  }
  return messages;
}

function messageOf(state: TelegramState, { chat, options }: OutgoingPost, content: JsonObject): JsonObject {
  const from = { id: chat.bot.id, is_bot: true, first_name: chat.bot.name, username: chat.bot.username };
  return {
    message_id: chat.nextMessageId(state.environment.clock.now()),
    ...(chat.type === 'channel' ? { sender_chat: chat.view() } : { from }),
    chat: chat.view(),
    date: Math.floor(state.environment.clock.now() / 1000),
    ...(options.replyTo === null
      ? {}
      : { reply_to_message: { message_id: options.replyTo, chat: chat.view() } }),
    ...(options.protectedContent ? { has_protected_content: true } : {}),
    ...(options.buttons === null ? {} : { reply_markup: options.buttons }),
    ...content,
  };
}

function inboxEntry(
  state: TelegramState,
  post: OutgoingPost,
  messages: readonly JsonObject[],
  messageId: number,
): Omit<InboxEntry, 'extra'> {
  const { chat, options, text } = post;
  const isFormatted = text.entities.length > 0;
  return {
    platform: 'telegram',
    account: chat.accountId,
    postId: String(messageId),
    permalink: chat.permalink(messageId),
    text: text.text,
    media: post.files.map(toInboxMedia),
    linkCard: post.linkCard,
    replyTo: options.replyTo === null ? null : String(options.replyTo),
    visibility: chat.username === null ? 'private' : 'public',
    spoiler: null,
    createdAt: state.environment.clock.iso(),
    raw: messages.length === 1 ? (messages[0] ?? null) : [...messages],
    ...(isFormatted ? { display: { html: displayText(text), isolated: false } } : {}),
  };
}

function extraOf(post: OutgoingPost, messages: readonly JsonObject[]): JsonObject {
  return {
    author: post.chat.title,
    chatType: post.chat.type,
    messageIds: messages.map((message) => numberAt(message, 'message_id') ?? 0),
    silent: post.options.silent,
    entities: post.text.entities.map((entity) => ({ ...entity })),
    ...post.extra,
  };
}

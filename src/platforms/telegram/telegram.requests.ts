import type { ByteSource } from '../../common/http/index.js';
import type { MediaKind } from '../core/index.js';
import { isOnScreen, type PlannedFile } from './telegram.files.js';
import type { LinkButton, TelegramSettings } from './telegram.settings.js';
import type { OutgoingPoll } from './telegram.text.js';

/** Where and how a message goes. */
export interface Target {
  readonly chatId: number;
  readonly settings: TelegramSettings;
  /** The message that this one answers. */
  readonly replyTo: number | null;
  readonly buttons: readonly LinkButton[];
}

export interface OutgoingText {
  readonly text: string;
  /** The link of the post: the page whose card is shown unless the settings name another. */
  readonly link: string | null;
}

/** A file with its bytes, and those of its cover. */
export interface OutgoingFile extends PlannedFile {
  readonly source: ByteSource;
  readonly coverSource: ByteSource | null;
}

/** Parameters of a method; only what is set is sent. */
export type Parameters = Readonly<Record<string, string | number | boolean | object>>;

interface FileMethod {
  readonly method: string;
  readonly field: string;
  /** The type inside an album; null where the kind can not stand in one. */
  readonly albumType: string | null;
}

/** How each kind is sent. */
export const fileMethods: Readonly<Record<MediaKind, FileMethod>> = {
  image: { method: 'sendPhoto', field: 'photo', albumType: 'photo' },
  gif: { method: 'sendAnimation', field: 'animation', albumType: null },
  video: { method: 'sendVideo', field: 'video', albumType: 'video' },
  audio: { method: 'sendAudio', field: 'audio', albumType: 'audio' },
  document: { method: 'sendDocument', field: 'document', albumType: 'document' },
};

/** `sendMessage`. */
export function textParameters(target: Target, message: OutgoingText): Parameters {
  return {
    ...commonParameters(target),
    text: message.text,
    ...parseModeOf(target),
    ...previewParameters(target, message),
  };
}

/** `sendPhoto` and its like, without the file itself. */
export function fileParameters(target: Target, file: OutgoingFile, caption: string): Parameters {
  return {
    ...commonParameters(target),
    ...captionParameters(target, file, caption),
    ...spoilerOf(target, file),
    ...facts(file),
    ...(file.cover === null ? {} : { cover: `attach://${coverName}` }),
  };
}

/** `sendMediaGroup`: the caption of the first item is shown under the album, which has no buttons. */
export function albumParameters(target: Target, files: readonly OutgoingFile[], caption: string): Parameters {
  return {
    ...commonParameters({ ...target, buttons: [] }),
    media: files.map((file, index) => ({
      type: fileMethods[file.kind].albumType ?? 'document',
      media: `attach://${attachmentName(index)}`,
      ...captionParameters(target, file, index === 0 ? caption : ''),
      ...spoilerOf(target, file),
      ...facts(file),
    })),
  };
}

/** `sendPoll`. Its words are plain text. */
export function pollParameters(target: Target, poll: OutgoingPoll): Parameters {
  const { question, options, isQuiz, anonymous, multiple, correctOptions, explanation } = poll;
  return {
    ...commonParameters(target),
    question,
    options: options.map((text) => ({ text })),
    ...(isQuiz ? { type: 'quiz', correct_option_ids: correctOptions } : {}),
    ...(explanation === null ? {} : { explanation }),
    ...(anonymous ? {} : { is_anonymous: false }),
    ...(multiple ? { allows_multiple_answers: true } : {}),
    ...(poll.durationMinutes === null ? {} : { open_period: poll.durationMinutes * 60 }),
  };
}

/** Name of the part that carries the cover of a video. */
export const coverName = 'cover_file';

/** Name of the part that carries an album's file. */
export function attachmentName(index: number): string {
  return `file${index}`;
}

/** How a parameter is written into a form. */
export function formValue(value: Parameters[string]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function commonParameters({ chatId, settings, replyTo, buttons }: Target): Parameters {
  return {
    chat_id: chatId,
    ...(settings.messageThreadId === null ? {} : { message_thread_id: settings.messageThreadId }),
    ...(settings.silent ? { disable_notification: true } : {}),
    ...(settings.protectContent ? { protect_content: true } : {}),
    ...(replyTo === null ? {} : { reply_parameters: { message_id: replyTo } }),
    ...(buttons.length === 0
      ? {}
      : { reply_markup: { inline_keyboard: buttons.map(({ text, url }) => [{ text, url }]) } }),
  };
}

function parseModeOf({ settings }: Target): Parameters {
  return settings.parseMode === 'none' ? {} : { parse_mode: settings.parseMode };
}

function captionParameters(target: Target, { kind }: PlannedFile, caption: string): Parameters {
  if (caption === '') return {};
  return {
    caption,
    ...parseModeOf(target),
    ...(isOnScreen(kind) && target.settings.captionAboveMedia ? { show_caption_above_media: true } : {}),
  };
}

function spoilerOf({ settings }: Target, { kind }: PlannedFile): Parameters {
  return settings.spoilerMedia && isOnScreen(kind) ? { has_spoiler: true } : {};
}

/** What Telegram can not read from every file by itself. */
function facts({ kind, item: { width, height, durationMs } }: PlannedFile): Parameters {
  if (kind !== 'video') return {};
  return {
    ...(width === null || height === null ? {} : { width, height }),
    ...(durationMs === null ? {} : { duration: Math.round(durationMs / 1000) }),
    supports_streaming: true,
  };
}

function previewParameters({ settings }: Target, { link }: OutgoingText): Parameters {
  const { disabled, url, size, aboveText } = settings.linkPreview;
  if (disabled) return { link_preview_options: { is_disabled: true } };
  const page = url ?? link;
  const options = {
    ...(page === null ? {} : { url: page }),
    ...(size === 'small' ? { prefer_small_media: true } : {}),
    ...(size === 'large' ? { prefer_large_media: true } : {}),
    ...(aboveText ? { show_above_text: true } : {}),
  };
  return Object.keys(options).length === 0 ? {} : { link_preview_options: options };
}

import {
  listAt,
  numberAt,
  textAt,
  type JsonObject,
  type JsonValue,
  type SettingsSchema,
} from '../core/index.js';
import { pollSchema, readPoll, type PollSettings } from './telegram.poll-settings.js';

export const parseModes = ['none', 'HTML', 'MarkdownV2'] as const;
export type ParseMode = (typeof parseModes)[number];

const previewSizes = ['auto', 'small', 'large'] as const;

export const telegramSettings: SettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    parseMode: {
      type: 'string',
      enum: [...parseModes],
      default: 'none',
      description:
        'How the text is marked up: not at all, with the HTML tags Telegram knows, or as MarkdownV2.',
    },
    silent: { type: 'boolean', default: false, description: 'Delivers the message without a sound.' },
    protectContent: {
      type: 'boolean',
      default: false,
      description: 'Keeps the message from being forwarded and saved.',
    },
    messageThreadId: { type: 'integer', minimum: 1, description: 'The forum topic to post into.' },
    captionAboveMedia: { type: 'boolean', default: false, description: 'Shows the caption above the media.' },
    spoilerMedia: {
      type: 'boolean',
      description: 'Blurs pictures and videos until they are tapped.',
    },
    pictureAsCover: {
      type: 'boolean',
      description: 'Makes the picture beside a video its cover instead of an item of an album.',
    },
    asFiles: {
      type: 'boolean',
      description: 'Sends pictures and videos as files, which Telegram does not compress.',
    },
    replyTo: {
      type: 'integer',
      minimum: 1,
      description: 'Id of the message in the chat that the post answers.',
    },
    buttons: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          text: { type: 'string', pattern: '\\S' },
          url: { type: 'string', pattern: '^https?://\\S+$' },
        },
        required: ['text', 'url'],
        additionalProperties: false,
      },
      description: 'Links under the message with the text, one in each row; an album has none.',
    },
    linkPreview: {
      type: 'object',
      additionalProperties: false,
      description: 'The card under a text without media. Telegram makes it from the page.',
      properties: {
        disabled: { type: 'boolean', default: false },
        url: {
          type: 'string',
          maxLength: 2048,
          pattern: '^https?://',
          description: 'The page to show; by default the link of the post, else the first URL of the text.',
        },
        size: { type: 'string', enum: [...previewSizes], default: 'auto' },
        aboveText: { type: 'boolean', default: false },
      },
    },
    poll: pollSchema,
  },
};

export interface LinkPreviewSettings {
  readonly disabled: boolean;
  readonly url: string | null;
  readonly size: (typeof previewSizes)[number];
  readonly aboveText: boolean;
}

/** A link under a message. */
export interface LinkButton {
  readonly text: string;
  readonly url: string;
}

export interface TelegramSettings {
  readonly parseMode: ParseMode;
  readonly silent: boolean;
  readonly protectContent: boolean;
  readonly messageThreadId: number | null;
  readonly captionAboveMedia: boolean;
  readonly spoilerMedia: boolean;
  readonly pictureAsCover: boolean;
  readonly asFiles: boolean;
  readonly replyTo: number | null;
  readonly buttons: readonly LinkButton[];
  readonly linkPreview: LinkPreviewSettings;
  readonly poll: PollSettings | null;
}

/** The checked settings of a target, typed. What is absent or of another type has its default. */
export function readTelegramSettings(settings: JsonObject): TelegramSettings {
  const preview = objectOf(settings['linkPreview']);
  const topic = settings['messageThreadId'];
  const url = preview['url'];
  return {
    parseMode: oneOf(parseModes, settings['parseMode'], 'none'),
    silent: settings['silent'] === true,
    protectContent: settings['protectContent'] === true,
    messageThreadId: typeof topic === 'number' ? topic : null,
    captionAboveMedia: settings['captionAboveMedia'] === true,
    spoilerMedia: settings['spoilerMedia'] === true,
    pictureAsCover: settings['pictureAsCover'] === true,
    asFiles: settings['asFiles'] === true,
    replyTo: numberAt(settings, 'replyTo'),
    buttons: (listAt(settings, 'buttons') ?? []).map((button) => ({
      text: textAt(button, 'text') ?? '',
      url: textAt(button, 'url') ?? '',
    })),
    linkPreview: {
      disabled: preview['disabled'] === true,
      url: typeof url === 'string' ? url : null,
      size: oneOf(previewSizes, preview['size'], 'auto'),
      aboveText: preview['aboveText'] === true,
    },
    poll: readPoll(settings),
  };
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function oneOf<T extends string>(options: readonly T[], value: JsonValue | undefined, otherwise: T): T {
  return options.find((option) => option === value) ?? otherwise;
}

import type { FieldPaths } from '../core/operation.js';

const ENTITY_FIELDS = ['type', 'offset', 'length', 'url', 'language', 'custom_emoji_id'];

function entityList(name: string): FieldPaths {
  return ENTITY_FIELDS.map((field) => `${name}[].${field}`);
}

/** What every send method takes. */
const SEND_FIELDS: FieldPaths = [
  'chat_id',
  'message_thread_id',
  'disable_notification',
  'protect_content',
  'allow_paid_broadcast',
  'reply_parameters.message_id',
  'reply_parameters.allow_sending_without_reply',
  'reply_parameters.quote',
];

const BUTTON_FIELDS: FieldPaths = [
  'reply_markup.inline_keyboard[][].text',
  'reply_markup.inline_keyboard[][].url',
  'reply_markup.inline_keyboard[][].callback_data',
];

const CAPTION_FIELDS: FieldPaths = ['caption', 'parse_mode', ...entityList('caption_entities')];

export const MESSAGE_FIELDS: FieldPaths = [
  ...SEND_FIELDS,
  ...BUTTON_FIELDS,
  'text',
  'parse_mode',
  ...entityList('entities'),
  'link_preview_options.is_disabled',
  'link_preview_options.url',
  'link_preview_options.prefer_small_media',
  'link_preview_options.prefer_large_media',
  'link_preview_options.show_above_text',
];

export const POLL_FIELDS: FieldPaths = [
  ...SEND_FIELDS,
  ...BUTTON_FIELDS,
  'question',
  'options[].text',
  'is_anonymous',
  'type',
  'allows_multiple_answers',
  'correct_option_ids[]',
  'explanation',
  'open_period',
  'close_date',
];

const ON_SCREEN_FIELDS: FieldPaths = ['show_caption_above_media', 'has_spoiler'];
const MOVING_FIELDS: FieldPaths = ['width', 'height', 'duration', 'thumbnail'];

const KIND_FIELDS = {
  photo: ON_SCREEN_FIELDS,
  video: [...ON_SCREEN_FIELDS, ...MOVING_FIELDS, 'cover', 'supports_streaming'],
  animation: [...ON_SCREEN_FIELDS, ...MOVING_FIELDS],
  audio: ['duration', 'thumbnail'],
  document: ['thumbnail'],
} as const;

export function mediaFields(kind: keyof typeof KIND_FIELDS): FieldPaths {
  return [...SEND_FIELDS, ...BUTTON_FIELDS, ...CAPTION_FIELDS, ...KIND_FIELDS[kind], kind];
}

/** An album has no buttons. */
export const ALBUM_FIELDS: FieldPaths = [
  ...SEND_FIELDS,
  ...['type', 'media', ...CAPTION_FIELDS, ...KIND_FIELDS.video].map((field) => `media[].${field}`),
];

import {
  flagAt,
  listAt,
  numberAt,
  recordAt,
  textAt,
  textsAt,
  type JsonObject,
  type SettingsSchema,
} from '../core/index.js';

const quotePolicies = ['public', 'followers', 'nobody'];
const visibilities = ['public', 'unlisted', 'private', 'direct'];

export const mastodonSettings: SettingsSchema = {
  type: 'object',
  properties: {
    visibility: {
      type: 'string',
      enum: visibilities,
      description: "Who sees the post. Without it, the account's own default holds.",
    },
    threadVisibility: {
      type: 'string',
      enum: visibilities,
      description: 'Who sees the later parts of a thread; often unlisted. Without it, as the first.',
    },
    spoilerText: {
      type: 'string',
      minLength: 1,
      description: 'Content warning before the text; its length counts with the text.',
    },
    sensitive: { type: 'boolean', description: 'Hides the media behind a warning.' },
    language: {
      type: 'string',
      pattern: '^[a-z]{2,3}$',
      description: 'Language of the text, ISO 639-1.',
    },
    focus: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: {
          x: { type: 'number', minimum: -1, maximum: 1 },
          y: { type: 'number', minimum: -1, maximum: 1 },
        },
        required: ['x', 'y'],
        additionalProperties: false,
      },
      description:
        'Of each of the media, in their order, the point that stays in sight where they are cropped: x from -1 (left) to 1, y from -1 (bottom) to 1.',
    },
    pictureAsCover: {
      type: 'boolean',
      description: 'Makes the picture beside a video or a sound its cover instead of an item of its own.',
    },
    quote: {
      type: 'string',
      pattern: '^(?:\\d{1,20}|https?://\\S+)$',
      description:
        'The post that is quoted, by its id or its address on the instance of the account (Mastodon 4.5).',
    },
    quotePolicy: {
      type: 'string',
      enum: quotePolicies,
      description: 'Who may quote the post (Mastodon 4.5).',
    },
    poll: {
      type: 'object',
      description:
        'A poll under the text; a post with a poll has no media. Of a thread, the first part has it.',
      properties: {
        options: {
          type: 'array',
          minItems: 2,
          items: { type: 'string', pattern: '\\S' },
          description:
            'What can be voted for: up to 4 of up to 50 characters, unless the instance takes more.',
        },
        durationMinutes: {
          type: 'integer',
          minimum: 1,
          description: 'How long it is open: 5 minutes to a month, unless the instance says otherwise.',
        },
        multiple: { type: 'boolean', description: 'Whether several options can be voted for.' },
        hideTotals: { type: 'boolean', description: 'Hides the result until the poll is closed.' },
      },
      required: ['options', 'durationMinutes'],
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

export interface MastodonPoll {
  readonly options: readonly string[];
  readonly durationMinutes: number;
  readonly multiple: boolean;
  readonly hideTotals: boolean;
}

/** From -1 to 1, from the middle. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

export interface MastodonSettings {
  readonly visibility: string | null;
  readonly threadVisibility: string | null;
  readonly spoilerText: string | null;
  readonly sensitive: boolean | null;
  readonly language: string | null;
  readonly focus: readonly FocalPoint[];
  readonly pictureAsCover: boolean;
  /** An id or an address. */
  readonly quote: string | null;
  readonly quotePolicy: string | null;
  readonly poll: MastodonPoll | null;
}

export function readMastodonSettings(settings: JsonObject): MastodonSettings {
  return {
    visibility: textAt(settings, 'visibility'),
    threadVisibility: textAt(settings, 'threadVisibility'),
    spoilerText: textAt(settings, 'spoilerText'),
    sensitive: flagAt(settings, 'sensitive'),
    language: textAt(settings, 'language'),
    focus: (listAt(settings, 'focus') ?? []).map((point) => ({
      x: numberAt(point, 'x') ?? 0,
      y: numberAt(point, 'y') ?? 0,
    })),
    pictureAsCover: flagAt(settings, 'pictureAsCover') ?? false,
    quote: textAt(settings, 'quote'),
    quotePolicy: textAt(settings, 'quotePolicy'),
    poll: readPoll(settings),
  };
}

function readPoll(settings: JsonObject): MastodonPoll | null {
  const poll = recordAt(settings, 'poll');
  if (poll === null) return null;
  return {
    options: textsAt(poll, 'options'),
    durationMinutes: numberAt(poll, 'durationMinutes') ?? 0,
    multiple: flagAt(poll, 'multiple') ?? false,
    hideTotals: flagAt(poll, 'hideTotals') ?? false,
  };
}

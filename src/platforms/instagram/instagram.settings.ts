import {
  flagAt,
  listAt,
  numberAt,
  textAt,
  textsAt,
  type JsonObject,
  type SettingsSchema,
} from '../core/index.js';

export const formats = ['post', 'reel', 'story'] as const;
export type InstagramFormat = (typeof formats)[number];

const username = '^@?[A-Za-z0-9._]{1,30}$';
const place = { type: 'number', minimum: 0, maximum: 1 };

/** What a target may set. */
export const instagramSettings: SettingsSchema = {
  type: 'object',
  properties: {
    format: {
      type: 'string',
      enum: [...formats],
      default: 'post',
      description:
        'post: in the feed; a carousel with several files, a reel with a single video. reel: one video of 3 seconds to 15 minutes. story: one picture, or a video of up to 60 seconds, without text, for a day.',
    },
    firstComment: {
      type: 'string',
      minLength: 1,
      maxLength: 2200,
      description: 'The first comment below the post, by the account itself.',
    },
    locationId: {
      type: 'string',
      pattern: '^[0-9]+$',
      description: 'Where it is: the id of the page of a place. Not for reels and stories.',
    },
    collaborators: {
      type: 'array',
      items: { type: 'string', pattern: username },
      minItems: 1,
      maxItems: 3,
      description: 'User names of up to three accounts that are invited to have the post as theirs too.',
    },
    userTags: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          username: { type: 'string', pattern: username },
          x: { ...place, description: 'From the left edge, 0 to 1; pictures only.' },
          y: { ...place, description: 'From the top edge, 0 to 1; pictures only.' },
          item: { type: 'integer', minimum: 0, default: 0, description: 'Which file, from 0.' },
        },
        required: ['username'],
        additionalProperties: false,
      },
      minItems: 1,
      maxItems: 20,
      description: 'People who are seen, each with a place on a picture.',
    },
    shareToFeed: { type: 'boolean', description: 'Whether a reel or carousel shows in the feed as well.' },
    coverUrl: {
      type: 'string',
      pattern: '^https?://',
      description: 'Public address of a JPEG of up to 8 MB as the cover of a reel; wins over coverOffsetMs.',
    },
    coverOffsetMs: {
      type: 'integer',
      minimum: 0,
      description: 'Milliseconds into the reel of the frame that is its cover.',
    },
    audioName: { type: 'string', minLength: 1, description: 'Name of the original sound of a reel.' },
    trial: {
      type: 'string',
      enum: ['manual', 'performance'],
      description:
        'A trial reel, shown to others than followers first. manual: made public by hand; performance: by itself when it does well.',
    },
    aiGenerated: { type: 'boolean', description: 'Says that it was made by artificial intelligence.' },
    commentsOff: {
      type: 'boolean',
      description: 'Closes the comments, after the first comment if there is one.',
    },
  },
  additionalProperties: false,
};

export interface UserTag {
  readonly username: string;
  readonly x: number | null;
  readonly y: number | null;
  readonly item: number;
}

export interface InstagramSettings {
  readonly format: InstagramFormat;
  readonly firstComment: string | null;
  readonly locationId: string | null;
  readonly collaborators: readonly string[];
  readonly userTags: readonly UserTag[];
  readonly shareToFeed: boolean | null;
  readonly coverUrl: string | null;
  readonly coverOffsetMs: number | null;
  readonly audioName: string | null;
  readonly trial: string | null;
  readonly aiGenerated: boolean;
  readonly commentsOff: boolean;
}

export function readInstagramSettings(settings: JsonObject): InstagramSettings {
  const format = textAt(settings, 'format');
  return {
    format: formats.find((known) => known === format) ?? 'post',
    firstComment: textAt(settings, 'firstComment'),
    locationId: textAt(settings, 'locationId'),
    collaborators: textsAt(settings, 'collaborators').map(bare),
    userTags: (listAt(settings, 'userTags') ?? []).map(readTag),
    shareToFeed: flagAt(settings, 'shareToFeed'),
    coverUrl: textAt(settings, 'coverUrl'),
    coverOffsetMs: numberAt(settings, 'coverOffsetMs'),
    audioName: textAt(settings, 'audioName'),
    trial: textAt(settings, 'trial'),
    aiGenerated: flagAt(settings, 'aiGenerated') ?? false,
    commentsOff: flagAt(settings, 'commentsOff') ?? false,
  };
}

function readTag(value: unknown): UserTag {
  return {
    username: bare(textAt(value, 'username') ?? ''),
    x: numberAt(value, 'x'),
    y: numberAt(value, 'y'),
    item: numberAt(value, 'item') ?? 0,
  };
}

/** People write names with an @, Instagram without. */
function bare(name: string): string {
  return name.replace(/^@/, '');
}

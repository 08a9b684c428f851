import { flagAt, textAt, textsAt, type JsonObject, type SettingsSchema } from '../core/index.js';

const withoutBrackets = '^[^<>]*$';

/** What a target may set. */
export const youtubeSettings: SettingsSchema = {
  type: 'object',
  properties: {
    format: {
      type: 'string',
      enum: ['video', 'short'],
      description: 'short: up to three minutes, upright or square, which is checked. Without it: video.',
    },
    title: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      pattern: withoutBrackets,
      description: 'Title of the video. Without it the first line of the text.',
    },
    tags: {
      type: 'array',
      maxItems: 100,
      items: { type: 'string', minLength: 1, pattern: '^[^<>,]*\\S[^<>,]*$' },
      description: 'Words by which the video is found, 500 characters in all.',
    },
    categoryId: {
      type: 'string',
      pattern: '^\\d{1,4}$',
      'x-live-options': true,
      description: 'Category of the video. Without it 22, People & Blogs.',
    },
    privacy: {
      type: 'string',
      enum: ['public', 'unlisted', 'private'],
      description: 'Who sees the video. Without it: public.',
    },
    madeForKids: {
      type: 'boolean',
      description: 'Whether the video is made for children. Then nobody can comment. Without it: no.',
    },
    madeWithAi: {
      type: 'boolean',
      description: 'Whether what looks real is made or altered by a machine: YouTube labels it.',
    },
    playlist: {
      type: 'string',
      minLength: 1,
      'x-live-options': true,
      description: 'A playlist of the channel that the video is added to.',
    },
    notifySubscribers: {
      type: 'boolean',
      description: 'Whether subscribers are told of the video. Without it: yes.',
    },
    language: {
      type: 'string',
      pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
      description: 'Language of title and text: en, de, pt-BR.',
    },
    embeddable: { type: 'boolean', description: 'Whether other sites may show the video. Without it: yes.' },
    license: {
      type: 'string',
      enum: ['youtube', 'creativeCommon'],
      description: 'creativeCommon: others may use it under CC BY. Without it: youtube.',
    },
    publicStatsViewable: {
      type: 'boolean',
      description: 'Whether everybody sees the figures of the video. Without it: yes.',
    },
    firstComment: {
      type: 'string',
      minLength: 1,
      maxLength: 10_000,
      description: 'A comment of the channel, right behind the video.',
    },
  },
  additionalProperties: false,
};

export interface YoutubeSettings {
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly categoryId: string;
  readonly privacy: string;
  readonly madeForKids: boolean;
  readonly madeWithAi: boolean;
  readonly playlist: string | null;
  readonly notifySubscribers: boolean;
  readonly language: string | null;
  readonly embeddable: boolean;
  readonly license: string;
  readonly publicStatsViewable: boolean;
  readonly firstComment: string | null;
}

const peopleAndBlogs = '22';

export function readYoutubeSettings(settings: JsonObject): YoutubeSettings {
  return {
    title: textAt(settings, 'title'),
    tags: textsAt(settings, 'tags'),
    categoryId: textAt(settings, 'categoryId') ?? peopleAndBlogs,
    privacy: textAt(settings, 'privacy') ?? 'public',
    madeForKids: flagAt(settings, 'madeForKids') ?? false,
    madeWithAi: flagAt(settings, 'madeWithAi') ?? false,
    playlist: textAt(settings, 'playlist'),
    notifySubscribers: flagAt(settings, 'notifySubscribers') ?? true,
    language: textAt(settings, 'language'),
    embeddable: flagAt(settings, 'embeddable') ?? true,
    license: textAt(settings, 'license') ?? 'youtube',
    publicStatsViewable: flagAt(settings, 'publicStatsViewable') ?? true,
    firstComment: textAt(settings, 'firstComment'),
  };
}

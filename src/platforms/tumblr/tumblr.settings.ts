import { numberAt, textAt, textsAt, type JsonObject, type SettingsSchema } from '../core/index.js';

/** What a target may set. */
export const tumblrSettings: SettingsSchema = {
  type: 'object',
  properties: {
    title: { type: 'string', minLength: 1, maxLength: 250, description: 'A heading above the post.' },
    tags: {
      type: 'array',
      maxItems: 30,
      uniqueItems: true,
      items: { type: 'string', pattern: '^[^,#]*[^,#\\s][^,#]*$', maxLength: 140 },
      description: 'Tags below the post, without #; they may have spaces, and no commas.',
    },
    visibility: {
      type: 'string',
      enum: ['public', 'private'],
      description: 'private: only the members of the blog see the post. Without it: public.',
    },
    reblogs: {
      type: 'string',
      enum: ['everyone', 'noone'],
      description: 'Who may reblog the post. Without it: everyone.',
    },
    sourceUrl: {
      type: 'string',
      pattern: '^https?://[^\\s]+$',
      maxLength: 2000,
      description: 'Address that the content comes from; shown as its source.',
    },
    slug: {
      type: 'string',
      pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
      maxLength: 60,
      description: 'Words in the address of the post. Without it they are taken from the title or the text.',
    },
    columns: {
      type: 'integer',
      minimum: 1,
      maximum: 3,
      description: 'How many pictures stand beside each other. Without it each has a row of its own.',
    },
  },
  additionalProperties: false,
};

export interface TumblrSettings {
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly visibility: 'public' | 'private';
  readonly reblogs: string | null;
  readonly sourceUrl: string | null;
  readonly slug: string | null;
  readonly columns: number;
}

export function readTumblrSettings(settings: JsonObject): TumblrSettings {
  return {
    title: textAt(settings, 'title'),
    tags: textsAt(settings, 'tags'),
    visibility: textAt(settings, 'visibility') === 'private' ? 'private' : 'public',
    reblogs: textAt(settings, 'reblogs'),
    sourceUrl: textAt(settings, 'sourceUrl'),
    slug: textAt(settings, 'slug'),
    columns: numberAt(settings, 'columns') ?? 1,
  };
}

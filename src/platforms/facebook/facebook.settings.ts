import { textAt, type JsonObject, type SettingsSchema } from '../core/index.js';

export const formats = ['post', 'reel', 'story'] as const;
export type FacebookFormat = (typeof formats)[number];

/** What a target may set. */
export const facebookSettings: SettingsSchema = {
  type: 'object',
  properties: {
    format: {
      type: 'string',
      enum: [...formats],
      default: 'post',
      description:
        'post: in the feed. reel: one upright video of 3 to 90 seconds. story: one picture, or a video of up to 60 seconds, without text, for a day.',
    },
    firstComment: {
      type: 'string',
      minLength: 1,
      maxLength: 8000,
      description: 'The first comment below the post, by the page itself.',
    },
    title: { type: 'string', minLength: 1, maxLength: 255, description: 'Title of a video or reel.' },
    place: {
      type: 'string',
      pattern: '^[0-9]+$',
      description: 'Where it is: the id of the page of a place.',
    },
  },
  additionalProperties: false,
};

export interface FacebookSettings {
  readonly format: FacebookFormat;
  readonly firstComment: string | null;
  readonly title: string | null;
  readonly place: string | null;
}

export function readFacebookSettings(settings: JsonObject): FacebookSettings {
  const format = textAt(settings, 'format');
  return {
    format: formats.find((known) => known === format) ?? 'post',
    firstComment: textAt(settings, 'firstComment'),
    title: textAt(settings, 'title'),
    place: textAt(settings, 'place'),
  };
}

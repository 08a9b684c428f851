import { flagAt, textAt, type JsonObject, type SettingsSchema } from '../core/index.js';

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
  },
  additionalProperties: false,
};

export interface MastodonSettings {
  readonly visibility: string | null;
  readonly threadVisibility: string | null;
  readonly spoilerText: string | null;
  readonly sensitive: boolean | null;
  readonly language: string | null;
}

export function readMastodonSettings(settings: JsonObject): MastodonSettings {
  return {
    visibility: textAt(settings, 'visibility'),
    threadVisibility: textAt(settings, 'threadVisibility'),
    spoilerText: textAt(settings, 'spoilerText'),
    sensitive: flagAt(settings, 'sensitive'),
    language: textAt(settings, 'language'),
  };
}

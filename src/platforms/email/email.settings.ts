import type { JsonObject, SettingsSchema } from '../core/index.js';
import { SUBJECT_LIMIT } from './email.capabilities.js';

export const emailSettings: SettingsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    subject: {
      type: 'string',
      minLength: 1,
      maxLength: SUBJECT_LIMIT,
      pattern: '^[^\\u0000-\\u001f\\u007f]*$',
      description: 'The subject. Without it, the first line of the text, which stays in the text as well.',
    },
    linkLabel: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      description: 'What stands on the button of the link in the HTML part; by default the address itself.',
    },
  },
};

export interface EmailSettings {
  readonly subject: string | null;
  readonly linkLabel: string | null;
}

/** The checked settings of a target, typed. */
export function readEmailSettings(settings: JsonObject): EmailSettings {
  const { subject, linkLabel } = settings;
  return {
    subject: typeof subject === 'string' ? subject : null,
    linkLabel: typeof linkLabel === 'string' ? linkLabel : null,
  };
}

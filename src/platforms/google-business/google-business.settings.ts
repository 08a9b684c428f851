import { numberAt, recordAt, textAt, textsAt, type JsonObject, type SettingsSchema } from '../core/index.js';

export const longestTitle = 58;

const localTime = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$';
const instant = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2})$';
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const weeks = ['first', 'second', 'third', 'fourth', 'last'];

/** What a target may set. */
export const googleBusinessSettings: SettingsSchema = {
  type: 'object',
  properties: {
    format: {
      type: 'string',
      enum: ['update', 'event', 'offer'],
      description:
        'What kind of post it is; an update unless told. Events and offers need title, startsAt and endsAt.',
    },
    callToAction: {
      type: 'string',
      enum: ['learn_more', 'book', 'order', 'shop', 'sign_up', 'call', 'none'],
      description:
        'The button below the post, which leads to its link; learn_more where there is a link. call dials the number of the location and takes no link; none puts the link into the text. Offers have no button.',
    },
    markLink: {
      type: 'boolean',
      description:
        'false leaves out the parameter `post` of the link, by which this post is told from another one with the same words after a lost answer.',
    },
    language: {
      type: 'string',
      pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
      description: 'Language of the post, as a BCP 47 tag: en, de-AT.',
    },
    title: {
      type: 'string',
      minLength: 1,
      maxLength: longestTitle,
      description: `Of an event or an offer, up to ${longestTitle} characters.`,
    },
    startsAt: {
      type: 'string',
      pattern: localTime,
      description: 'When an event or offer begins, by the clock of the location: 2026-12-01T09:00.',
    },
    endsAt: {
      type: 'string',
      pattern: localTime,
      description: 'When an event or offer ends, by the clock of the location: 2026-12-01T18:00.',
    },
    repeat: {
      type: 'object',
      properties: {
        every: { type: 'string', enum: ['day', 'week', 'month'], description: 'How often.' },
        weekdays: {
          type: 'array',
          items: { type: 'string', enum: weekdays },
          minItems: 1,
          uniqueItems: true,
          description: 'Of every week.',
        },
        dayOfMonth: { type: 'integer', minimum: 1, maximum: 31, description: 'Of every month.' },
        weekOfMonth: {
          type: 'string',
          enum: weeks,
          description: 'Of every month, instead of its day: the weekday of the first event in this week.',
        },
        until: { type: 'string', pattern: instant, description: 'End of the series: 2027-03-01T00:00:00Z.' },
      },
      required: ['every'],
      additionalProperties: false,
      description: 'An event that comes again.',
    },
    couponCode: { type: 'string', minLength: 1, description: 'Of an offer.' },
    terms: { type: 'string', minLength: 1, description: 'Terms and conditions of an offer.' },
  },
  additionalProperties: false,
};

export type Format = 'update' | 'event' | 'offer';

export interface Repeat {
  readonly every: string;
  readonly weekdays: readonly string[];
  readonly dayOfMonth: number | null;
  readonly weekOfMonth: string | null;
  readonly until: string | null;
}

export interface GoogleBusinessSettings {
  readonly format: Format;
  readonly callToAction: string | null;
  readonly markLink: boolean;
  readonly language: string | null;
  readonly title: string | null;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly repeat: Repeat | null;
  readonly couponCode: string | null;
  readonly terms: string | null;
}

export function readGoogleBusinessSettings(settings: JsonObject): GoogleBusinessSettings {
  const format = textAt(settings, 'format');
  return {
    format: format === 'event' || format === 'offer' ? format : 'update',
    callToAction: textAt(settings, 'callToAction'),
    markLink: settings['markLink'] !== false,
    language: textAt(settings, 'language'),
    title: textAt(settings, 'title'),
    startsAt: textAt(settings, 'startsAt'),
    endsAt: textAt(settings, 'endsAt'),
    repeat: readRepeat(settings),
    couponCode: textAt(settings, 'couponCode'),
    terms: textAt(settings, 'terms'),
  };
}

function readRepeat(settings: JsonObject): Repeat | null {
  const repeat = recordAt(settings, 'repeat');
  if (repeat === null) return null;
  return {
    every: textAt(repeat, 'every') ?? '',
    weekdays: textsAt(repeat, 'weekdays'),
    dayOfMonth: numberAt(repeat, 'dayOfMonth'),
    weekOfMonth: textAt(repeat, 'weekOfMonth'),
    until: textAt(repeat, 'until'),
  };
}

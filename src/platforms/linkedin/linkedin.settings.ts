import { flagAt, recordAt, textAt, textsAt, type JsonObject, type SettingsSchema } from '../core/index.js';

const urnOfPost = '^urn:li:(share|ugcPost):\\d+$';

/** What a target may set. */
export const linkedinSettings: SettingsSchema = {
  type: 'object',
  properties: {
    visibility: {
      type: 'string',
      enum: ['public', 'logged_in', 'connections'],
      description: 'Who sees the post; connections only for people. Without it: public.',
    },
    disableReshare: { type: 'boolean', description: 'Whether others are kept from sharing the post.' },
    title: {
      type: 'string',
      minLength: 1,
      maxLength: 400,
      description: 'Title of the video or document. Of a document its file name without it.',
    },
    linkTitle: { type: 'string', minLength: 1, maxLength: 400, description: "Title of the link's card." },
    linkDescription: { type: 'string', minLength: 1, description: "Description of the link's card." },
    linkThumbnail: {
      type: 'boolean',
      description: "Whether the picture of the post becomes the picture of the link's card.",
    },
    poll: {
      type: 'object',
      description: 'A question with answers to choose from, in place of media and of a card.',
      properties: {
        question: { type: 'string', minLength: 1, maxLength: 140 },
        options: {
          type: 'array',
          minItems: 2,
          maxItems: 4,
          items: { type: 'string', minLength: 1, maxLength: 30 },
        },
        duration: { type: 'string', enum: ['one_day', 'three_days', 'seven_days', 'fourteen_days'] },
      },
      required: ['question', 'options', 'duration'],
      additionalProperties: false,
    },
    reshareOf: {
      type: 'string',
      pattern: urnOfPost,
      description:
        'Post that is shared with this text as a comment on it, as urn:li:share:… or urn:li:ugcPost:….',
    },
    firstComment: {
      type: 'string',
      minLength: 1,
      maxLength: 1250,
      description: 'A comment of the same account, right behind the post.',
    },
  },
  additionalProperties: false,
};

export interface Poll {
  readonly question: string;
  readonly options: readonly string[];
  readonly duration: string;
}

export interface LinkedinSettings {
  readonly visibility: string;
  readonly disableReshare: boolean;
  readonly title: string | null;
  readonly linkTitle: string | null;
  readonly linkDescription: string | null;
  readonly linkThumbnail: boolean;
  readonly poll: Poll | null;
  readonly reshareOf: string | null;
  readonly firstComment: string | null;
}

export function readLinkedinSettings(settings: JsonObject): LinkedinSettings {
  return {
    visibility: textAt(settings, 'visibility') ?? 'public',
    disableReshare: flagAt(settings, 'disableReshare') ?? false,
    title: textAt(settings, 'title'),
    linkTitle: textAt(settings, 'linkTitle'),
    linkDescription: textAt(settings, 'linkDescription'),
    linkThumbnail: flagAt(settings, 'linkThumbnail') ?? false,
    poll: readPoll(settings),
    reshareOf: textAt(settings, 'reshareOf'),
    firstComment: textAt(settings, 'firstComment'),
  };
}

function readPoll(settings: JsonObject): Poll | null {
  const poll = recordAt(settings, 'poll');
  if (poll === null) return null;
  return {
    question: textAt(poll, 'question') ?? '',
    options: textsAt(poll, 'options'),
    duration: textAt(poll, 'duration') ?? '',
  };
}

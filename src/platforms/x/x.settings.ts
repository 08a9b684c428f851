import {
  flagAt,
  numberAt,
  recordAt,
  textAt,
  textsAt,
  type JsonObject,
  type SettingsSchema,
} from '../core/index.js';

const id = { type: 'string', pattern: '^[0-9]{1,19}$' };

/** What a target may set. */
export const xSettings: SettingsSchema = {
  type: 'object',
  properties: {
    replySettings: {
      type: 'string',
      enum: ['following', 'mentionedUsers', 'subscribers', 'verified'],
      description: 'Who may reply. Without it, everybody.',
    },
    poll: {
      type: 'object',
      description: 'A poll under the text; a post with a poll has no media.',
      properties: {
        options: {
          type: 'array',
          minItems: 2,
          maxItems: 4,
          items: { type: 'string', minLength: 1, maxLength: 25 },
          description: 'What can be voted for.',
        },
        durationMinutes: {
          type: 'integer',
          minimum: 5,
          maximum: 10_080,
          description: 'How long it is open: 5 minutes to 7 days.',
        },
      },
      required: ['options', 'durationMinutes'],
      additionalProperties: false,
    },
    firstComment: {
      type: 'string',
      minLength: 1,
      description: 'A reply to the post itself, right after it; costs as a post of its own.',
    },
    quote: {
      ...id,
      description: 'Id of the post that is quoted. X allows it to Enterprise apps only (since 2026-04-20).',
    },
    communityId: { ...id, description: 'The community that the post goes to.' },
    shareWithFollowers: {
      type: 'boolean',
      description: 'Whether followers outside of the community see it too.',
    },
    superFollowersOnly: { type: 'boolean', description: 'Only for paying subscribers of the account.' },
    madeWithAi: { type: 'boolean', description: 'Labels the post as made with AI.' },
    paidPartnership: { type: 'boolean', description: 'Labels the post as a paid partnership.' },
    placeId: { type: 'string', minLength: 1, description: 'Id of the place that the post is tagged with.' },
    taggedUserIds: {
      type: 'array',
      minItems: 1,
      maxItems: 10,
      items: id,
      description: 'Ids of the people in the pictures.',
    },
  },
  additionalProperties: false,
};

export interface XPoll {
  readonly options: readonly string[];
  readonly durationMinutes: number;
}

export interface XSettings {
  readonly replySettings: string | null;
  readonly poll: XPoll | null;
  readonly firstComment: string | null;
  readonly quote: string | null;
  readonly communityId: string | null;
  readonly shareWithFollowers: boolean | null;
  readonly superFollowersOnly: boolean | null;
  readonly madeWithAi: boolean | null;
  readonly paidPartnership: boolean | null;
  readonly placeId: string | null;
  readonly taggedUserIds: readonly string[];
}

export function readXSettings(settings: JsonObject): XSettings {
  const poll = recordAt(settings, 'poll');
  return {
    replySettings: textAt(settings, 'replySettings'),
    poll:
      poll === null
        ? null
        : { options: textsAt(poll, 'options'), durationMinutes: numberAt(poll, 'durationMinutes') ?? 0 },
    firstComment: textAt(settings, 'firstComment'),
    quote: textAt(settings, 'quote'),
    communityId: textAt(settings, 'communityId'),
    shareWithFollowers: flagAt(settings, 'shareWithFollowers'),
    superFollowersOnly: flagAt(settings, 'superFollowersOnly'),
    madeWithAi: flagAt(settings, 'madeWithAi'),
    paidPartnership: flagAt(settings, 'paidPartnership'),
    placeId: textAt(settings, 'placeId'),
    taggedUserIds: textsAt(settings, 'taggedUserIds'),
  };
}

import { flagAt, recordAt, textAt, textsAt, type JsonObject, type SettingsSchema } from '../core/index.js';

const replyControls = [
  'everyone',
  'accounts_you_follow',
  'mentioned_only',
  'parent_post_author_only',
  'followers_only',
];

/** What a target may set. */
export const threadsSettings: SettingsSchema = {
  type: 'object',
  properties: {
    replyControl: { type: 'string', enum: replyControls, description: 'Who may reply to the post.' },
    replyApprovals: { type: 'boolean', description: 'Replies show only once the account has approved them.' },
    topicTag: {
      type: 'string',
      pattern: '^[^.&#]{1,50}$',
      description: 'The topic, without #. Without it the first #tag of the text becomes the topic.',
    },
    poll: {
      type: 'object',
      properties: {
        options: {
          type: 'array',
          items: { type: 'string', minLength: 1 },
          minItems: 2,
          maxItems: 4,
          description: 'Two to four answers.',
        },
      },
      required: ['options'],
      additionalProperties: false,
      description: 'A poll; for posts without media.',
    },
    quotePostId: { type: 'string', pattern: '^[0-9]+$', description: 'Id of the post that this one quotes.' },
    locationId: {
      type: 'string',
      pattern: '^[0-9]+$',
      description:
        'Id of a place, from the location search of Threads; the app has to be allowed to tag places.',
    },
    countries: {
      type: 'array',
      items: { type: 'string', pattern: '^[A-Z]{2}$' },
      minItems: 1,
      description:
        'Only people in these countries (ISO 3166-1) see the post; the profile has to be eligible.',
    },
    textAttachment: {
      type: 'object',
      properties: {
        text: {
          type: 'string',
          minLength: 1,
          maxLength: 10_000,
          description: 'The long text, up to 10,000 characters.',
        },
        link: { type: 'string', pattern: '^https?://', description: 'An address that goes with it.' },
      },
      required: ['text'],
      additionalProperties: false,
      description: 'A long text behind the post; for posts without media.',
    },
    gif: {
      type: 'object',
      properties: {
        id: { type: 'string', minLength: 1, description: "The provider's id of the GIF." },
        provider: { type: 'string', enum: ['TENOR', 'GIPHY'], description: 'Where the GIF comes from.' },
      },
      required: ['id', 'provider'],
      additionalProperties: false,
      description: 'A GIF of a provider; for posts without media.',
    },
    spoilerMedia: { type: 'boolean', description: 'Blurs the media until they are tapped.' },
    spoilers: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      minItems: 1,
      maxItems: 10,
      description: 'Passages of the text that are blurred until they are tapped, word for word.',
    },
    ghost: { type: 'boolean', description: 'A post that vanishes after a day; for posts without media.' },
    linkCard: {
      type: 'boolean',
      description: 'false puts the link into the text instead of a card of its own.',
    },
    firstComment: { type: 'string', minLength: 1, description: 'A reply of the account to its own post.' },
  },
  additionalProperties: false,
};

export interface ThreadsSettings {
  readonly replyControl: string | null;
  readonly replyApprovals: boolean | null;
  readonly topicTag: string | null;
  readonly pollOptions: readonly string[];
  readonly quotePostId: string | null;
  readonly locationId: string | null;
  readonly countries: readonly string[];
  readonly textAttachment: { readonly text: string; readonly link: string | null } | null;
  readonly gif: { readonly id: string; readonly provider: string } | null;
  readonly spoilerMedia: boolean;
  readonly spoilers: readonly string[];
  readonly ghost: boolean;
  readonly linkCard: boolean;
  readonly firstComment: string | null;
}

export function readThreadsSettings(settings: JsonObject): ThreadsSettings {
  const [long, gif] = [recordAt(settings, 'textAttachment'), recordAt(settings, 'gif')];
  return {
    replyControl: textAt(settings, 'replyControl'),
    replyApprovals: flagAt(settings, 'replyApprovals'),
    topicTag: textAt(settings, 'topicTag'),
    pollOptions: textsAt(settings, 'poll', 'options'),
    quotePostId: textAt(settings, 'quotePostId'),
    locationId: textAt(settings, 'locationId'),
    countries: textsAt(settings, 'countries'),
    textAttachment: long === null ? null : { text: textAt(long, 'text') ?? '', link: textAt(long, 'link') },
    gif: gif === null ? null : { id: textAt(gif, 'id') ?? '', provider: textAt(gif, 'provider') ?? '' },
    spoilerMedia: flagAt(settings, 'spoilerMedia') ?? false,
    spoilers: textsAt(settings, 'spoilers'),
    ghost: flagAt(settings, 'ghost') ?? false,
    linkCard: flagAt(settings, 'linkCard') ?? true,
    firstComment: textAt(settings, 'firstComment'),
  };
}

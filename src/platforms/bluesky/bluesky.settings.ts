import { flagAt, isRecord, textAt, textsAt, type JsonObject, type SettingsSchema } from '../core/index.js';
import { postAddressPattern } from './bluesky.post-address.js';

const repliers = ['nobody', 'mentioned', 'following', 'followers'] as const;
/** Who may reply: people whom the post mentions, whom the account follows, who follow the account. */
export type Replier = (typeof repliers)[number];

export const blueskySettings: SettingsSchema = {
  type: 'object',
  properties: {
    langs: {
      type: 'array',
      description: 'Languages of the text as BCP 47 tags, at most three.',
      items: { type: 'string', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' },
      maxItems: 3,
      uniqueItems: true,
    },
    labels: {
      type: 'array',
      description: 'Content warnings that the author puts on the post.',
      items: { type: 'string', enum: ['porn', 'sexual', 'nudity', 'graphic-media'] },
      uniqueItems: true,
    },
    tags: {
      type: 'array',
      description: 'Hashtags that are found by search but not shown in the text, without #.',
      items: { type: 'string', minLength: 1, maxLength: 64, pattern: '^[^#\\s][^\\s]*$' },
      maxItems: 8,
      uniqueItems: true,
    },
    linkCard: {
      type: 'object',
      description: 'What the card of the link says. Without a title it shows the name of the site.',
      properties: {
        title: { type: 'string', maxLength: 300 },
        description: { type: 'string', maxLength: 1000 },
        picture: {
          type: 'boolean',
          description: "Whether the one picture of the post becomes the picture of the link's card.",
        },
      },
      additionalProperties: false,
    },
    quote: {
      type: 'string',
      pattern: postAddressPattern,
      description:
        'The post that is quoted below the text and its media: its address at bsky.app, or at://…/app.bsky.feed.post/….',
    },
    whoMayReply: {
      type: 'array',
      description:
        'Who may reply to the post and its thread: people whom it mentions, whom the account follows, who follow the account; or nobody. Without it everybody.',
      items: { type: 'string', enum: [...repliers] },
      minItems: 1,
      uniqueItems: true,
    },
    whoMayQuote: {
      type: 'string',
      enum: ['everybody', 'nobody'],
      description: 'Who may quote the post, and each part of its thread. Without it everybody.',
    },
  },
  additionalProperties: false,
};

export interface BlueskySettings {
  readonly langs: readonly string[];
  readonly labels: readonly string[];
  readonly tags: readonly string[];
  readonly linkCard: LinkCard;
  /** Address of a post. */
  readonly quote: string | null;
  /** Empty: everybody. */
  readonly whoMayReply: readonly Replier[];
  readonly whoMayQuote: 'everybody' | 'nobody';
}

export interface LinkCard {
  readonly title: string | null;
  readonly description: string | null;
  /** Whether the picture of the post belongs to the card. */
  readonly picture: boolean;
}

export function readBlueskySettings(settings: JsonObject): BlueskySettings {
  const card = isRecord(settings['linkCard']) ? settings['linkCard'] : {};
  return {
    langs: textsAt(settings, 'langs'),
    labels: textsAt(settings, 'labels'),
    tags: textsAt(settings, 'tags'),
    linkCard: {
      title: textAt(card, 'title'),
      description: textAt(card, 'description'),
      picture: flagAt(card, 'picture') ?? false,
    },
    quote: textAt(settings, 'quote'),
    whoMayReply: repliers.filter((who) => textsAt(settings, 'whoMayReply').includes(who)),
    whoMayQuote: textAt(settings, 'whoMayQuote') === 'nobody' ? 'nobody' : 'everybody',
  };
}

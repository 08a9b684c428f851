import { atUri, datetime } from './lexicon.formats.js';
import { list, object, oneOf, union, type Check } from './lexicon.checks.js';

const MAX_RULES = 5;
const anything = object({});

/** Who may reply to a thread; it has the key of the thread's first post. No rules: nobody; without `allow`: everybody. */
export const threadGate: Check = object({
  required: { $type: oneOf('app.bsky.feed.threadgate'), post: atUri, createdAt: datetime },
  optional: {
    allow: list(
      union({
        'app.bsky.feed.threadgate#mentionRule': anything,
        'app.bsky.feed.threadgate#followingRule': anything,
        'app.bsky.feed.threadgate#followerRule': anything,
        'app.bsky.feed.threadgate#listRule': object({ required: { list: atUri } }),
      }),
      { max: MAX_RULES },
    ),
  },
});

/** Who may quote a post; it has the key of the post. */
export const postGate: Check = object({
  required: { $type: oneOf('app.bsky.feed.postgate'), post: atUri, createdAt: datetime },
  optional: {
    embeddingRules: list(union({ 'app.bsky.feed.postgate#disableRule': anything }), { max: MAX_RULES }),
  },
});

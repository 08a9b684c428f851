import type { InboxEntry, InboxMedia } from '../core/inbox.js';
import type { Upload } from './media.library.js';
import type { Post } from './post.js';
import { addressesIn, withScheme } from './post.text.js';
import { permalinkOf, postView } from './post.view.js';
import type { XState } from './x.state.js';

const KINDS = { tweet_image: 'image', tweet_gif: 'gif', tweet_video: 'video' } as const;
const EVERYTHING = [
  'created_at',
  'author_id',
  'entities',
  'attachments',
  'referenced_tweets',
  'conversation_id',
];

/** Every post as a person sees it, the oldest first. */
export function inboxOf(state: XState): InboxEntry[] {
  return [...state.posts.all()].reverse().map((post) => entryOf(state, post));
}

function entryOf(state: XState, post: Post): InboxEntry {
  const author = state.person(post.authorId);
  const { poll } = post;
  // The card comes from the first address, and there is no room for it beside media or a poll.
  const [address] = post.media.length === 0 && poll === null ? addressesIn(post.text) : [];
  return {
    platform: 'x',
    account: post.authorId,
    postId: post.id,
    permalink: permalinkOf(state, post),
    text: post.text,
    media: post.media.flatMap(mediumOf),
    linkCard:
      address === undefined
        ? null
        : { url: withScheme(address), title: null, description: null, image: null },
    replyTo: post.replyTo,
    visibility: author?.isProtected === true ? 'protected' : 'public',
    spoiler: null,
    createdAt: new Date(post.createdAt).toISOString(),
    extra: {
      ...post.extra,
      author: author?.name ?? '',
      username: author?.username ?? '',
      conversationId: post.conversationId,
      replySettings: post.replySettings,
      poll: poll === null ? null : { options: [...poll.options], minutes: poll.minutes, endsAt: poll.endsAt },
    },
    raw: postView(state, post, { fields: EVERYTHING, naming: 'tweet', readerId: post.authorId }),
  };
}

function mediumOf({ category, mimeType, altText, file }: Upload): InboxMedia[] {
  if (file === null) return [];
  const { facts, bytes, sha256 } = file;
  const size = facts === null ? {} : { width: facts.width, height: facts.height };
  return [{ kind: KINDS[category], mimeType, bytes: bytes.length, alt: altText, ...size, sha256 }];
}

import type { InboxEntry } from '../core/inbox.js';
import type { Comment, Post } from './instagram.model.js';
import type { InstagramState } from './instagram.state.js';
import { permalinkOf, productOf } from './post.view.js';

/** What people see, oldest first: posts, reels, stories, and the comments below them. */
export function inboxOf(state: InstagramState): InboxEntry[] {
  const posts = state.posts.all().map((post) => postEntry(state, post));
  const comments = state.comments.all().map((comment) => commentEntry(state, comment));
  const orderOf = ({ createdAt, postId }: InboxEntry): string => `${createdAt} ${postId.slice(3)}`;
  return [...posts, ...comments].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

function postEntry(state: InstagramState, post: Post): InboxEntry {
  const { id, accountId, draft, media } = post;
  const author = state.person(accountId);
  return {
    ...common(accountId, post.createdAt),
    postId: id,
    permalink: permalinkOf(state, post),
    text: draft.caption,
    media,
    replyTo: null,
    visibility: draft.trial === null ? 'public' : 'shown to strangers first',
    extra: {
      kind: draft.kind,
      author: author?.name ?? '',
      username: author?.username ?? '',
      location: draft.location,
      userTags: [...draft.userTags],
      collaborators: [...draft.collaborators],
      shareToFeed: draft.shareToFeed,
      coverUrl: draft.coverUrl,
      thumbOffset: draft.thumbOffset,
      audioName: draft.audioName,
      trial: draft.trial,
      aiGenerated: draft.aiGenerated,
      commentsEnabled: post.commentsEnabled,
    },
    raw: { id, caption: draft.caption, product: productOf(post) },
  };
}

function commentEntry(
  state: InstagramState,
  { id, accountId, postId, parentId, text, createdAt }: Comment,
): InboxEntry {
  const post = state.post(postId);
  return {
    ...common(accountId, createdAt),
    postId: id,
    permalink: post === undefined ? null : permalinkOf(state, post),
    text,
    media: [],
    replyTo: parentId ?? postId,
    visibility: 'public',
    extra: { kind: 'comment', username: state.person(accountId)?.username ?? '' },
    raw: { id, text, media: postId },
  };
}

type Common = Pick<InboxEntry, 'platform' | 'account' | 'linkCard' | 'spoiler' | 'createdAt'>;

function common(account: string, at: number): Common {
  const createdAt = new Date(at).toISOString();
  return { platform: 'instagram', account, linkCard: null, spoiler: null, createdAt };
}

import type { InboxEntry, InboxMedia } from '../core/inbox.js';
import type { JsonValue } from '../core/json.js';
import type { Comment, Photo, Post, Video } from './facebook.model.js';
import type { FacebookState } from './facebook.state.js';
import { commentPermalink, permalinkOf } from './post.view.js';

/** What people see of all pages, oldest first: posts, reels, stories, and the comments below them. */
export function inboxOf(state: FacebookState): InboxEntry[] {
  state.publishDue();
  const posts = state.published.all().map((post) => ({ no: post.no, entry: postEntry(state, post) }));
  const comments = state.spoken
    .all()
    .map((comment) => ({ no: comment.no, entry: commentEntry(state, comment) }));
  return [...posts, ...comments].sort((one, other) => one.no - other.no).map(({ entry }) => entry);
}

function postEntry(state: FacebookState, post: Post): InboxEntry {
  const { id, pageId, message, link, kind, mediaIds, createdAt, editedAt, extra } = post;
  return {
    ...common(state, { pageId, mediaIds, createdAt }),
    postId: id,
    permalink: permalinkOf(state, post),
    text: message,
    linkCard: link === null ? null : { url: link, title: null, description: null, image: null },
    replyTo: null,
    extra: { ...extra, kind, author: state.page(pageId)?.name ?? '', editedAt },
    raw: { id, message, kind, link, media: [...mediaIds] },
  };
}

function commentEntry(state: FacebookState, comment: Comment): InboxEntry {
  const { id, pageId, message, mediaIds, createdAt, parentId } = comment;
  return {
    ...common(state, { pageId, mediaIds, createdAt }),
    postId: id,
    permalink: commentPermalink(state, comment),
    text: message,
    linkCard: null,
    replyTo: parentId,
    extra: { kind: 'comment', author: state.page(pageId)?.name ?? '' },
    raw: { id, message, parent: parentId } satisfies JsonValue,
  };
}

type Common = Pick<InboxEntry, 'platform' | 'account' | 'media' | 'visibility' | 'spoiler' | 'createdAt'>;

function common(
  state: FacebookState,
  { pageId, mediaIds, createdAt }: { pageId: string; mediaIds: readonly string[]; createdAt: string },
): Common {
  const media = mediaIds.flatMap((id) => state.medium(id) ?? []).map(mediumOf);
  return { platform: 'facebook', account: pageId, media, visibility: 'public', spoiler: null, createdAt };
}

function mediumOf(medium: Photo | Video): InboxMedia {
  if (medium.kind === 'photo') {
    const { mimeType, size, alt, width, height, sha256 } = medium;
    return { kind: 'image', mimeType, bytes: size, alt, width, height, sha256 };
  }
  const { mimeType, size, sha256 } = medium;
  return { kind: 'video', mimeType, bytes: size ?? 0, alt: null, sha256: sha256 ?? '' };
}

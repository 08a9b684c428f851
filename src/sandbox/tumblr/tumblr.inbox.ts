import type { InboxEntry, InboxLinkCard, InboxMedia } from '../core/inbox.js';
import { stringAt } from '../core/json.js';
import { permalinkOf, postView } from './post.view.js';
import { textOf, type Block, type Post } from './tumblr.post.js';
import type { TumblrState } from './tumblr.state.js';

/** What people see of all blogs, the oldest first; a post whose video is still being transcoded counts as seen. */
export function inboxOf(state: TumblrState): InboxEntry[] {
  state.publishDue();
  return [...state.posts.all()]
    .reverse()
    .filter((post) => ['published', 'private'].includes(post.state) && post.readyAt !== null)
    .map((post) => entryOf(state, post));
}

function entryOf(state: TumblrState, post: Post): InboxEntry {
  const { blog, content, tags, slug, layout, sourceUrl, reblog, genesisId } = post;
  return {
    platform: 'tumblr',
    account: blog.uuid,
    postId: post.id,
    permalink: permalinkOf(state, post),
    text: textOf(content),
    media: content.flatMap(mediumOf),
    linkCard: content.flatMap(cardOf)[0] ?? null,
    replyTo: null,
    visibility: post.state === 'private' || blog.type === 'private' ? 'private' : 'public',
    spoiler: null,
    createdAt: new Date(post.createdAt).toISOString(),
    extra: {
      author: blog.name,
      tags: [...tags],
      slug,
      sourceUrl,
      reblog,
      genesisId,
      layout: [...layout],
      date: post.backdatedTo === null ? null : new Date(post.backdatedTo).toISOString(),
      subtypes: content.flatMap(({ type, fields }) =>
        type === 'text' ? [stringAt(fields, 'subtype') ?? null] : [],
      ),
      captions: content.flatMap(({ fields }) => stringAt(fields, 'caption') ?? []),
      players: content.flatMap(({ type, fields, medium }) =>
        medium === null && ['video', 'audio'].includes(type) ? [stringAt(fields, 'url') ?? ''] : [],
      ),
    },
    raw: { ...postView(state, post, true), id: post.id },
  };
}

function mediumOf({ fields, medium }: Block): InboxMedia[] {
  if (medium === null) return [];
  const { kind, mimeType, size, sha256, width, height } = medium;
  const alt = stringAt(fields, 'alt_text') ?? null;
  const dimensions = width === null || height === null ? {} : { width, height };
  return [{ kind, mimeType, bytes: size, alt, sha256, ...dimensions }];
}

function cardOf({ type, fields }: Block): InboxLinkCard[] {
  if (type !== 'link') return [];
  const title = stringAt(fields, 'title') ?? null;
  const description = stringAt(fields, 'description') ?? null;
  return [{ url: stringAt(fields, 'url') ?? '', title, description, image: null }];
}

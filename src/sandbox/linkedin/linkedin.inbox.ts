import type { InboxEntry, InboxLinkCard, InboxMedia } from '../core/inbox.js';
import { arrayAt, isJsonObject, objectAt, stringAt, type JsonObject } from '../core/json.js';
import type { LinkedinState } from './linkedin.state.js';
import type { Comment, Post } from './post.store.js';
import { postView } from './reading.operations.js';
import { shownText } from './shown.text.js';

/** Posts and comments in the order in which they came. */
export function inboxOf(state: LinkedinState): InboxEntry[] {
  const posts = state.posts.all().filter((post) => state.posts.state(post) === 'PUBLISHED');
  const entries = [
    ...posts.map((post) => ({ at: post.createdAt, entry: postEntry(state, post) })),
    ...state.posts.comments.map((comment) => ({
      at: comment.createdAt,
      entry: commentEntry(state, comment),
    })),
  ];
  return entries.sort((one, other) => one.at - other.at).map(({ entry }) => entry);
}

function postEntry(state: LinkedinState, post: Post): InboxEntry {
  const author = state.members.find(post.author);
  return {
    platform: 'linkedin',
    account: author?.id ?? post.author,
    postId: post.urn,
    permalink: `https://www.linkedin.com/feed/update/${post.urn}/`,
    text: shownText(state, post.commentary),
    media: mediaOf(state, post.content ?? {}),
    linkCard: cardOf(state, objectAt(post.content ?? {}, 'article')),
    replyTo: null,
    visibility: post.visibility.toLowerCase(),
    spoiler: null,
    createdAt: new Date(post.createdAt).toISOString(),
    extra: {
      author: author?.name ?? '',
      title: stringAt(objectAt(post.content ?? {}, 'media') ?? {}, 'title') ?? null,
      poll: objectAt(post.content ?? {}, 'poll') ?? null,
      reshareOf: post.parent,
      resharable: post.resharable,
      edited: post.editedAt !== null,
    },
    raw: postView(state, post),
  };
}

function commentEntry(state: LinkedinState, comment: Comment): InboxEntry {
  const actor = state.members.find(comment.actor);
  const image = comment.image === null ? null : mediumOf(state, comment.image, null);
  return {
    platform: 'linkedin',
    account: actor?.id ?? comment.actor,
    postId: comment.id,
    permalink: null,
    text: shownText(state, comment.text),
    media: image === null ? [] : [image],
    linkCard: null,
    replyTo: comment.parent ?? comment.postUrn,
    visibility: 'public',
    spoiler: null,
    createdAt: new Date(comment.createdAt).toISOString(),
    extra: { author: actor?.name ?? '', urn: comment.urn, activity: comment.activity },
    raw: { id: comment.id, text: comment.text },
  };
}

function mediaOf(state: LinkedinState, content: JsonObject): InboxMedia[] {
  const single = objectAt(content, 'media');
  const several = arrayAt(objectAt(content, 'multiImage') ?? {}, 'images') ?? [];
  return [...(single === undefined ? [] : [single]), ...several].filter(isJsonObject).flatMap((item) => {
    const medium = mediumOf(state, stringAt(item, 'id') ?? '', stringAt(item, 'altText') ?? null);
    return medium ?? [];
  });
}

function mediumOf(state: LinkedinState, urn: string, alt: string | null): InboxMedia | null {
  const shown = state.assets.find(urn)?.shown;
  return shown === undefined || shown === null ? null : { ...shown, alt };
}

/** The platform looks at no page: the card shows what was sent with the address. */
function cardOf(state: LinkedinState, article: JsonObject | undefined): InboxLinkCard | null {
  if (article === undefined) return null;
  return {
    url: stringAt(article, 'source') ?? '',
    title: stringAt(article, 'title') ?? null,
    description: stringAt(article, 'description') ?? null,
    image: mediumOf(state, stringAt(article, 'thumbnail') ?? '', null),
  };
}

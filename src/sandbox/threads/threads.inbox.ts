import type { InboxEntry } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';
import type { Post } from './container.js';
import { linkCardOf, permalinkOf, postView } from './post.view.js';
import type { ThreadsState } from './threads.state.js';

const RAW =
  'id,media_type,text,timestamp,permalink,topic_tag,poll_attachment,replied_to,root_post,is_quote_post';

export function inboxOf(state: ThreadsState): InboxEntry[] {
  return [...state.posts.all()].reverse().map((post) => entryOf(state, post));
}

function entryOf(state: ThreadsState, post: Post): InboxEntry {
  const { draft } = post;
  const card = post.repostOf === null ? linkCardOf(post) : null;
  const mine = post.repostOf === null;
  return {
    platform: 'threads',
    account: post.accountId,
    postId: post.id,
    permalink: permalinkOf(state, post),
    text: mine ? draft.text : '',
    media: mine ? draft.media : [],
    linkCard: card === null ? null : { url: card, title: null, description: null, image: null },
    replyTo: draft.replyTo,
    visibility: draft.countries.length === 0 ? 'public' : `only in ${draft.countries.join(', ')}`,
    spoiler: draft.spoilerMedia ? 'Spoiler' : null,
    createdAt: new Date(post.createdAt).toISOString(),
    extra: extraOf(state, post),
    raw: postView(state, post, RAW),
  };
}

function extraOf(state: ThreadsState, { accountId, draft, repostOf }: Post): JsonObject {
  const person = state.person(accountId);
  return {
    author: person?.name ?? '',
    username: person?.username ?? '',
    mediaType: draft.mediaType,
    topicTag: draft.topicTag,
    replyControl: draft.replyControl,
    poll: draft.poll,
    quoteOf: draft.quoteOf,
    repostOf,
    location: draft.location,
    textAttachment: draft.textAttachment,
    gif: draft.gif,
    ghost: draft.ghost,
    replyApprovals: draft.replyApprovals,
  };
}

import type { InboxEntry } from '../core/inbox.js';
import { stringAt } from '../core/json.js';
import type { GoogleBusinessState } from './google-business.state.js';
import { stateOf, type Post, type PostState } from './local.post.js';
import { nameOf, postView, searchUrlOf } from './post.view.js';

const SEEN_BY: Readonly<Record<PostState, string>> = {
  PROCESSING: 'in review',
  LIVE: 'public',
  RECURRING: 'public',
  SCHEDULED: 'scheduled',
  REJECTED: 'nobody',
};

/** What the profile shows, or is going to show; a rejected post is never seen. */
export function inboxOf(state: GoogleBusinessState): InboxEntry[] {
  const now = state.environment.clock.now();
  return [...state.posts.all()]
    .reverse()
    .filter((post) => stateOf(post, now) !== 'REJECTED')
    .map((post) => entryOf(state, post, SEEN_BY[stateOf(post, now)]));
}

function entryOf(state: GoogleBusinessState, post: Post, visibility: string): InboxEntry {
  const { draft } = post;
  const url = draft.callToAction === null ? undefined : stringAt(draft.callToAction, 'url');
  return {
    platform: 'google-business',
    account: post.locationId,
    postId: post.id,
    permalink: searchUrlOf(post),
    text: draft.summary ?? '',
    media: draft.photos,
    linkCard: url === undefined ? null : { url, title: null, description: null, image: null },
    replyTo: null,
    visibility,
    spoiler: null,
    createdAt: new Date(post.createdAt).toISOString(),
    extra: {
      location: state.directory.location(post.locationId)?.title ?? '',
      name: nameOf(post),
      topicType: draft.topicType,
      languageCode: draft.languageCode,
      callToAction: draft.callToAction,
      event: draft.event,
      offer: draft.offer,
      scheduledTime: draft.scheduledFor === null ? null : new Date(draft.scheduledFor).toISOString(),
    },
    raw: postView(state, post),
  };
}

import type { JsonObject } from '../core/json.js';
import type { GoogleBusinessState } from './google-business.state.js';
import { stateOf, type Post } from './local.post.js';

export function nameOf({ accountId, locationId, id }: Post): string {
  return `accounts/${accountId}/locations/${locationId}/localPosts/${id}`;
}

export function searchUrlOf({ locationId, id }: Post): string {
  return `https://local.google.com/place?id=${locationId}&use=posts&lpsid=${id}`;
}

/** What is not set is left out, as in all of Google's APIs. */
export function postView(state: GoogleBusinessState, post: Post): JsonObject {
  const { draft, createdAt, updatedAt } = post;
  const shown = stateOf(post, state.environment.clock.now());
  const hidden = shown === 'PROCESSING' || state.settings.withoutSearchUrl;
  const all: Record<string, JsonObject[string]> = {
    name: nameOf(post),
    languageCode: draft.languageCode,
    summary: draft.summary,
    callToAction: draft.callToAction,
    state: shown,
    event: draft.event,
    updateTime: timeOf(updatedAt),
    createTime: timeOf(createdAt),
    searchUrl: hidden ? null : searchUrlOf(post),
    media: mediaOf(post),
    topicType: draft.topicType,
    offer: draft.offer,
    scheduledTime: draft.scheduledFor === null ? null : timeOf(draft.scheduledFor),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

function mediaOf({ accountId, locationId, draft }: Post): JsonObject[] | null {
  if (draft.photos.length === 0) return null;
  return draft.photos.map(({ sha256 }) => ({
    name: `accounts/${accountId}/locations/${locationId}/media/localPosts/${sha256.slice(0, 40)}`,
    mediaFormat: 'PHOTO',
    googleUrl: `https://lh3.googleusercontent.com/p/${sha256.slice(0, 40)}`,
  }));
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

import type { CommitResult, JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { readXSettings, type XSettings } from './x.settings.js';
import { composePartText } from './x.text.js';

export function mediaOfPart(content: TargetContent, part: number): readonly MediaItem[] {
  return part === 0 ? content.media : (content.thread[part - 1]?.media ?? []);
}

/** The body of `POST /2/tweets`. The same input gives the same bytes. */
export function buildPost(
  content: TargetContent,
  part: number,
  links: { mediaIds: readonly string[]; inReplyToId: string | null },
): JsonObject {
  const settings = readXSettings(content.settings);
  const text = composePartText(content, part);
  return {
    ...(text === '' ? {} : { text }),
    ...mediaOf(links.mediaIds, part === 0 ? settings.taggedUserIds : []),
    ...replyTo(links.inReplyToId),
    ...(part === 0 ? rootFields(settings) : {}),
    ...labels(settings),
  };
}

/** A reply to the post itself, right behind it. */
export function buildComment(content: TargetContent, text: string, postId: string): JsonObject {
  return { text, ...replyTo(postId), ...labels(readXSettings(content.settings)) };
}

function mediaOf(ids: readonly string[], taggedUserIds: readonly string[]): JsonObject {
  if (ids.length === 0) return {};
  const tagged = taggedUserIds.length === 0 ? {} : { tagged_user_ids: [...taggedUserIds] };
  return { media: { media_ids: [...ids], ...tagged } };
}

function replyTo(id: string | null): JsonObject {
  return id === null ? {} : { reply: { in_reply_to_tweet_id: id } };
}

/** What is said once, with the first post of a thread. */
function rootFields(settings: XSettings): JsonObject {
  const { poll, replySettings, quote, communityId, shareWithFollowers, superFollowersOnly, placeId } =
    settings;
  return {
    ...(poll === null
      ? {}
      : { poll: { options: [...poll.options], duration_minutes: poll.durationMinutes } }),
    ...(replySettings === null ? {} : { reply_settings: replySettings }),
    ...(quote === null ? {} : { quote_tweet_id: quote }),
    ...(communityId === null ? {} : { community_id: communityId }),
    ...(shareWithFollowers === null ? {} : { share_with_followers: shareWithFollowers }),
    ...(superFollowersOnly === null ? {} : { for_super_followers_only: superFollowersOnly }),
    ...(placeId === null ? {} : { geo: { place_id: placeId } }),
  };
}

/** What the law may want on every part. */
function labels({ madeWithAi, paidPartnership }: XSettings): JsonObject {
  return {
    ...(madeWithAi === null ? {} : { made_with_ai: madeWithAi }),
    ...(paidPartnership === null ? {} : { paid_partnership: paidPartnership }),
  };
}

/** Without a user name the address works as well. */
export function permalinkOf(username: string | null, id: string): string {
  return username === null ? `https://x.com/i/web/status/${id}` : `https://x.com/${username}/status/${id}`;
}

export function resultOf(username: string | null, id: string): CommitResult {
  return { platformPostId: id, permalink: permalinkOf(username, id) };
}

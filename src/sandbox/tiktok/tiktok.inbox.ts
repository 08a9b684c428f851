import type { InboxEntry } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';
import type { Share } from './share.js';
import { permalinkOf } from './video.view.js';
import type { TiktokState } from './tiktok.state.js';

const VISIBILITY: Readonly<Record<string, string>> = {
  PUBLIC_TO_EVERYONE: 'public',
  MUTUAL_FOLLOW_FRIENDS: 'friends',
  FOLLOWER_OF_CREATOR: 'followers',
  SELF_ONLY: 'private',
};

/** Posts as their audience sees them, and the drafts that lie in the app of their person. */
export function inboxOf(state: TiktokState): InboxEntry[] {
  return state.posted().map((share) => entryOf(state, share));
}

function entryOf(state: TiktokState, share: Share): InboxEntry {
  const { kind, mode, post, content, accountId } = share;
  return {
    platform: 'tiktok',
    account: accountId,
    postId: mode === 'direct' ? share.itemId : share.publishId,
    permalink: state.isPublic(share) ? permalinkOf(state, share) : null,
    text: kind === 'video' ? post.title : post.description,
    media: content?.media ?? [],
    linkCard: null,
    replyTo: null,
    visibility: post.privacy === null ? 'draft' : (VISIBILITY[post.privacy] ?? post.privacy),
    spoiler: null,
    createdAt: new Date(share.readyAt).toISOString(),
    extra: extraOf(state, share),
    raw: { publish_id: share.publishId, status: state.statusOf(share), id: share.itemId },
  };
}

/** What the app has asked for; what the person's own settings forbid is off all the same. */
function extraOf(state: TiktokState, { accountId, kind, publishId, post, upload }: Share): JsonObject {
  const person = state.person(accountId);
  const isVideo = kind === 'video';
  return {
    ...{ publishId, kind, username: person?.username ?? '', author: person?.name ?? '' },
    source: upload === null ? 'PULL_FROM_URL' : 'FILE_UPLOAD',
    title: isVideo ? null : post.title,
    privacyLevel: post.privacy,
    comments: !post.commentDisabled && person?.commentDisabled !== true,
    duet: isVideo && !post.duetDisabled && person?.duetDisabled !== true,
    stitch: isVideo && !post.stitchDisabled && person?.stitchDisabled !== true,
    ...{ brandContent: post.brandContent, brandOrganic: post.brandOrganic },
    ...{ aigc: post.aigc, music: post.music, cover: post.cover },
  };
}

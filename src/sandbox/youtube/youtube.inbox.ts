import type { InboxEntry } from '../core/inbox.js';
import type { Comment } from './comment.js';
import { isShort, permalinkOf, uploadStatusOf, type Video } from './video.js';
import { VIDEO_PARTS, videoView } from './video.view.js';
import type { YoutubeState } from './youtube.state.js';

/** Videos and the comments below them, oldest first; what failed or was rejected nobody sees. */
export function inboxOf(state: YoutubeState): InboxEntry[] {
  state.publishDue();
  const out = state.videos.all().filter((video) => ['uploaded', 'processed'].includes(uploadStatusOf(video)));
  const entries = out.map((video) => ({ at: video.createdAt, entry: videoEntry(state, video) })).reverse();
  const comments = state.comments.map((comment) => ({ at: comment.createdAt, entry: commentEntry(comment) }));
  return [...entries, ...comments].sort((one, other) => one.at - other.at).map(({ entry }) => entry);
}

function videoEntry(state: YoutubeState, video: Video): InboxEntry {
  const { id, channelId, mimeType, bytes, sha256, facts, createdAt, thumbnail } = video;
  const { snippet, status } = video.metadata;
  const size = facts === null ? {} : { width: facts.width, height: facts.height };
  return {
    platform: 'youtube',
    account: channelId,
    postId: id,
    permalink: permalinkOf(video),
    text: snippet.description,
    media: [{ kind: 'video', mimeType, bytes, alt: null, sha256, ...size }],
    linkCard: null,
    replyTo: null,
    visibility: status.privacyStatus,
    spoiler: null,
    createdAt: new Date(createdAt).toISOString(),
    extra: {
      title: snippet.title,
      tags: [...snippet.tags],
      categoryId: snippet.categoryId,
      language: snippet.defaultLanguage,
      short: isShort(video),
      thumbnail: thumbnail?.sha256 ?? null,
      publishAt: status.publishAt === null ? null : new Date(status.publishAt).toISOString(),
      madeForKids: status.selfDeclaredMadeForKids,
      syntheticMedia: status.containsSyntheticMedia,
      embeddable: status.embeddable,
      license: status.license,
      statsVisible: status.publicStatsViewable,
      notifiesSubscribers: video.notifySubscribers,
      playlists: state.playlists
        .of(channelId)
        .filter(({ items }) => items.some(({ videoId }) => videoId === id))
        .map(({ title }) => title),
    },
    raw: videoView(state, video, VIDEO_PARTS),
  };
}

function commentEntry({ id, videoId, channelId, text, createdAt }: Comment): InboxEntry {
  return {
    platform: 'youtube',
    account: channelId,
    postId: id,
    permalink: `https://www.youtube.com/watch?v=${videoId}&lc=${id}`,
    ...{ text, media: [], linkCard: null, replyTo: videoId, visibility: 'public', spoiler: null },
    createdAt: new Date(createdAt).toISOString(),
    extra: {},
    raw: { id, videoId, text },
  };
}

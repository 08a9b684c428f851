import type { JsonObject } from '../core/json.js';
import { resource } from './resource.js';
import { uploadStatusOf, type Video } from './video.js';
import type { YoutubeState } from './youtube.state.js';

export const VIDEO_PARTS = [
  'id',
  'snippet',
  'status',
  'contentDetails',
  'statistics',
  'fileDetails',
  'processingDetails',
];
/** Only whoever uploaded the video may ask for them. */
export const OWNER_PARTS = ['fileDetails', 'processingDetails'];

export function videoView(state: YoutubeState, video: Video, asked: readonly string[]): JsonObject {
  const parts = {
    snippet: snippetOf(state, video),
    status: statusOf(video),
    contentDetails: contentOf(video),
    statistics: statisticsOf(state, video),
    fileDetails: fileOf(video),
    processingDetails: processingOf(video),
  };
  return resource('video', video.id, parts, asked);
}

function snippetOf(state: YoutubeState, video: Video): JsonObject {
  const { title, description, tags, categoryId, defaultLanguage } = video.metadata.snippet;
  return {
    publishedAt: new Date(video.publishedAt ?? video.createdAt).toISOString(),
    channelId: video.channelId,
    title,
    description,
    thumbnails: thumbnailsOf(video),
    channelTitle: state.channel(video.channelId)?.name ?? '',
    // An empty list is left out.
    ...(tags.length === 0 ? {} : { tags: [...tags] }),
    categoryId,
    liveBroadcastContent: 'none',
    ...(defaultLanguage === null ? {} : { defaultLanguage }),
    localized: { title, description },
  };
}

export function thumbnailsOf({ id, thumbnail }: Pick<Video, 'id' | 'thumbnail'>): JsonObject {
  const at = (name: string, width: number, height: number): JsonObject => ({
    url: `https://i.ytimg.com/vi/${id}/${name}.jpg`,
    width,
    height,
  });
  const { width, height } = thumbnail ?? { width: 0, height: 0 };
  return {
    default: at('default', 120, 90),
    medium: at('mqdefault', 320, 180),
    high: at('hqdefault', 480, 360),
    ...(thumbnail === null ? {} : { maxres: at('maxresdefault', width, height) }),
  };
}

function statusOf(video: Video): JsonObject {
  const { publishAt, selfDeclaredMadeForKids, ...status } = video.metadata.status;
  const uploadStatus = uploadStatusOf(video);
  const { failure } = video;
  const reason: JsonObject =
    failure?.kind !== uploadStatus
      ? {}
      : { [failure.kind === 'failed' ? 'failureReason' : 'rejectionReason']: failure.reason };
  return {
    uploadStatus,
    ...reason,
    ...status,
    ...(publishAt === null ? {} : { publishAt: new Date(publishAt).toISOString() }),
    madeForKids: selfDeclaredMadeForKids,
    selfDeclaredMadeForKids,
  };
}

function contentOf({ facts, thumbnail }: Video): JsonObject {
  return {
    duration: `PT${Math.round((facts?.durationMs ?? 0) / 1000)}S`,
    dimension: '2d',
    definition: (facts?.height ?? 0) >= 720 ? 'hd' : 'sd',
    caption: 'false',
    licensedContent: false,
    projection: 'rectangular',
    hasCustomThumbnail: thumbnail !== null,
  };
}

/** Numbers of 64 bits are texts; what is hidden is left out. */
function statisticsOf({ settings, comments }: YoutubeState, { id }: Video): JsonObject {
  return {
    viewCount: String(settings.views),
    ...(settings.hidesLikes ? {} : { likeCount: String(settings.likes) }),
    favoriteCount: '0',
    commentCount: String(comments.filter(({ videoId }) => videoId === id).length),
  };
}

/** Uploads by the API have no name. */
function fileOf({ bytes, facts }: Video): JsonObject {
  const stream =
    facts === null ? {} : { videoStreams: [{ widthPixels: facts.width, heightPixels: facts.height }] };
  return {
    fileName: 'unknown',
    fileSize: String(bytes),
    fileType: 'video',
    ...stream,
    ...(facts === null ? {} : { durationMs: String(Math.round(facts.durationMs)) }),
  };
}

function processingOf(video: Video): JsonObject {
  switch (uploadStatusOf(video)) {
    case 'uploaded':
      return {
        processingStatus: 'processing',
        processingProgress: { partsTotal: '100', partsProcessed: '50', timeLeftMs: '30000' },
      };
    case 'failed':
      return { processingStatus: 'failed', processingFailureReason: 'transcodeFailed' };
    case 'rejected':
      return { processingStatus: 'terminated' };
    case 'processed':
      return {
        processingStatus: 'succeeded',
        fileDetailsAvailability: 'available',
        thumbnailsAvailability: 'available',
      };
  }
}

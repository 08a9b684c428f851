import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import type { ChunkPlan } from './tiktok.chunks.js';
import { readTiktokSettings, type TiktokSettings } from './tiktok.settings.js';
import { captionOf } from './tiktok.text.js';

export function videoBody(content: TargetContent, item: MediaItem, plan: ChunkPlan): JsonObject {
  const settings = readTiktokSettings(content.settings);
  const { allowDuet, allowStitch, coverTimestampMs, aiGenerated } = settings;
  return {
    post_info: {
      ...titleOf('title', captionOf(content)),
      ...audienceOf(settings),
      disable_duet: !allowDuet,
      disable_stitch: !allowStitch,
      ...(coverTimestampMs === null ? {} : { video_cover_timestamp_ms: coverTimestampMs }),
      is_aigc: aiGenerated,
    },
    ...draftBody(item, plan),
  };
}

/** A draft says nothing but what file it is. */
export function draftBody({ bytes }: MediaItem, { chunkSize, chunks }: ChunkPlan): JsonObject {
  return {
    source_info: {
      source: 'FILE_UPLOAD',
      video_size: bytes,
      chunk_size: chunkSize,
      total_chunk_count: chunks.length,
    },
  };
}

/** Of photos the label stands outside of `post_info`. */
export function photoBody(content: TargetContent, urls: readonly string[]): JsonObject {
  const settings = readTiktokSettings(content.settings);
  const { isDraft, title, autoAddMusic, aiGenerated, coverIndex } = settings;
  const words = { ...titleOf('title', title ?? ''), ...titleOf('description', captionOf(content)) };
  return {
    media_type: 'PHOTO',
    post_mode: isDraft ? 'MEDIA_UPLOAD' : 'DIRECT_POST',
    ...(isDraft ? {} : { is_aigc: aiGenerated }),
    post_info: isDraft ? words : { ...words, ...audienceOf(settings), auto_add_music: autoAddMusic },
    source_info: { source: 'PULL_FROM_URL', photo_cover_index: coverIndex ?? 0, photo_images: [...urls] },
  };
}

function audienceOf({ privacyLevel, allowComment, ownBrand, brandedContent }: TiktokSettings): JsonObject {
  return {
    privacy_level: privacyLevel ?? '',
    disable_comment: !allowComment,
    brand_content_toggle: brandedContent,
    brand_organic_toggle: ownBrand,
  };
}

function titleOf(name: string, words: string): JsonObject {
  return words.trim() === '' ? {} : { [name]: words };
}

import { numberAt, textsAt, type JsonObject } from '../core/index.js';

/** What an instance allows; read when connecting and on each check, kept in the account's metadata. */
export interface InstanceLimits {
  readonly maxCharacters: number;
  readonly reservedPerUrl: number;
  readonly maxMedia: number;
  readonly maxAltText: number;
  /** Bytes and pixels. */
  readonly imageBytes: number;
  readonly imagePixels: number;
  readonly videoBytes: number;
  readonly videoPixels: number;
  /** Frames per second. */
  readonly videoFrameRate: number;
  readonly pollOptions: number;
  /** Characters of each option. */
  readonly pollOptionCharacters: number;
  /** Seconds that a poll is open, at least and at most. */
  readonly pollMinSeconds: number;
  readonly pollMaxSeconds: number;
  readonly mimeTypes: readonly string[];
}

/** What Mastodon itself allows unless it is configured otherwise. */
export const vanillaLimits: InstanceLimits = {
  maxCharacters: 500,
  reservedPerUrl: 23,
  maxMedia: 4,
  maxAltText: 1500,
  imageBytes: 16_777_216,
  imagePixels: 33_177_600,
  videoBytes: 103_809_024,
  videoPixels: 8_294_400,
  videoFrameRate: 120,
  pollOptions: 4,
  pollOptionCharacters: 50,
  pollMinSeconds: 300,
  pollMaxSeconds: 2_629_746,
  mimeTypes: [
    ...['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic', 'image/avif'],
    ...['video/mp4', 'video/webm', 'video/quicktime'],
    ...['audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/aac', 'audio/mp4', 'audio/x-m4a'],
  ],
};

/** From the answer of `/api/v2/instance` or `/api/v1/instance`; what it does not say is as on Mastodon itself. */
export function readInstanceLimits(instance: unknown): InstanceLimits {
  const status = (key: string): number | null => numberAt(instance, 'configuration', 'statuses', key);
  const media = (key: string): number | null => numberAt(instance, 'configuration', 'media_attachments', key);
  const poll = (key: string): number | null => numberAt(instance, 'configuration', 'polls', key);
  const mimeTypes = textsAt(instance, 'configuration', 'media_attachments', 'supported_mime_types');
  return {
    maxCharacters:
      status('max_characters') ?? numberAt(instance, 'max_toot_chars') ?? vanillaLimits.maxCharacters,
    reservedPerUrl: status('characters_reserved_per_url') ?? vanillaLimits.reservedPerUrl,
    maxMedia: status('max_media_attachments') ?? vanillaLimits.maxMedia,
    maxAltText: media('description_limit') ?? vanillaLimits.maxAltText,
    imageBytes: media('image_size_limit') ?? vanillaLimits.imageBytes,
    imagePixels: media('image_matrix_limit') ?? vanillaLimits.imagePixels,
    videoBytes: media('video_size_limit') ?? vanillaLimits.videoBytes,
    videoPixels: media('video_matrix_limit') ?? vanillaLimits.videoPixels,
    videoFrameRate: media('video_frame_rate_limit') ?? vanillaLimits.videoFrameRate,
    pollOptions: poll('max_options') ?? vanillaLimits.pollOptions,
    pollOptionCharacters: poll('max_characters_per_option') ?? vanillaLimits.pollOptionCharacters,
    pollMinSeconds: poll('min_expiration') ?? vanillaLimits.pollMinSeconds,
    pollMaxSeconds: poll('max_expiration') ?? vanillaLimits.pollMaxSeconds,
    mimeTypes: mimeTypes.length === 0 ? vanillaLimits.mimeTypes : mimeTypes,
  };
}

export function limitsMetadata(limits: InstanceLimits): JsonObject {
  return { ...limits, mimeTypes: [...limits.mimeTypes] };
}

/** The limits as they stand in an account's metadata. */
export function storedLimits(metadata: JsonObject): InstanceLimits {
  const read = (key: keyof Omit<InstanceLimits, 'mimeTypes'>): number =>
    numberAt(metadata, 'limits', key) ?? vanillaLimits[key];
  const mimeTypes = textsAt(metadata, 'limits', 'mimeTypes');
  return {
    maxCharacters: read('maxCharacters'),
    reservedPerUrl: read('reservedPerUrl'),
    maxMedia: read('maxMedia'),
    maxAltText: read('maxAltText'),
    imageBytes: read('imageBytes'),
    imagePixels: read('imagePixels'),
    videoBytes: read('videoBytes'),
    videoPixels: read('videoPixels'),
    videoFrameRate: read('videoFrameRate'),
    pollOptions: read('pollOptions'),
    pollOptionCharacters: read('pollOptionCharacters'),
    pollMinSeconds: read('pollMinSeconds'),
    pollMaxSeconds: read('pollMaxSeconds'),
    mimeTypes: mimeTypes.length === 0 ? vanillaLimits.mimeTypes : mimeTypes,
  };
}

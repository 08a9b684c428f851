import {
  isRecord,
  type JsonRecord,
  listAt,
  numberAt,
  recordAt,
  textAt,
} from '../../../platforms/core/index.js';
import type { MediaDetails } from '../asset.js';

export interface VideoReport {
  /** Null: there is no moving picture in it. */
  readonly width: number | null;
  readonly height: number | null;
  readonly durationMs: number | null;
  readonly details: MediaDetails;
  readonly hasVideo: boolean;
  readonly hasAudio: boolean;
}

/** What ffprobe's `-show_format -show_streams` says, as far as we use it. */
export function readReport(report: unknown): VideoReport {
  const streams = (listAt(report, 'streams') ?? []).filter(isRecord);
  const format = recordAt(report, 'format') ?? {};
  const video = streams.find((stream) => textAt(stream, 'codec_type') === 'video' && !isCover(stream));
  const audio = streams.find((stream) => textAt(stream, 'codec_type') === 'audio');
  const rotation = video === undefined ? 0 : rotationOf(video);
  const size = video === undefined ? null : upright(video, rotation);
  const seconds = decimal(format['duration']) ?? decimal(video?.['duration']) ?? decimal(audio?.['duration']);
  return {
    width: size?.width ?? null,
    height: size?.height ?? null,
    durationMs: seconds === null ? null : Math.round(seconds * 1000),
    hasVideo: size !== null,
    hasAudio: audio !== undefined,
    details: definedOf({
      container: textAt(format, 'format_name'),
      videoCodec: textAt(video, 'codec_name'),
      audioCodec: textAt(audio, 'codec_name'),
      pixelFormat: textAt(video, 'pix_fmt'),
      frameRate: fraction(textAt(video, 'avg_frame_rate')),
      bitRate: decimal(format['bit_rate']),
      rotation: rotation === 0 ? null : rotation,
      metadata: tellsMore(recordAt(format, 'tags') ?? {}),
    }),
  };
}

/** Tags of a container that say how it was written, and nothing of who, where and with what. */
const plainTags: readonly string[] = [
  ...[
    'major_brand',
    'minor_version',
    'compatible_brands',
    'encoder',
    'software',
    'creation_time',
    'duration',
  ],
];

function tellsMore(tags: JsonRecord): boolean {
  return Object.keys(tags).some((name) => !plainTags.includes(name.toLowerCase()));
}

/** A picture that goes with a tune. */
function isCover(stream: JsonRecord): boolean {
  return numberAt(stream, 'disposition', 'attached_pic') === 1;
}

/** Clockwise, 0 to 359. Older files say it in a tag, newer ones in a matrix, which turns the other way. */
function rotationOf(stream: JsonRecord): number {
  const matrix = (listAt(stream, 'side_data_list') ?? [])
    .map((data) => numberAt(data, 'rotation'))
    .find((rotation) => rotation !== null);
  const tag = decimal(textAt(stream, 'tags', 'rotate')) ?? 0;
  const degrees = typeof matrix === 'number' ? -matrix : tag;
  return ((Math.round(degrees) % 360) + 360) % 360;
}

function upright(stream: JsonRecord, rotation: number): { width: number; height: number } | null {
  const width = numberAt(stream, 'width');
  const height = numberAt(stream, 'height');
  if (width === null || height === null || width === 0 || height === 0) return null;
  const wide = Math.max(1, Math.round(width * (ratio(textAt(stream, 'sample_aspect_ratio')) ?? 1)));
  return rotation % 180 === 90 ? { width: height, height: wide } : { width: wide, height };
}

function decimal(text: unknown): number | null {
  const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : NaN;
  return Number.isFinite(value) ? value : null;
}

function fraction(text: string | null): number | null {
  const [above, below] = (text ?? '').split('/').map(Number);
  if (above === undefined || below === undefined || !(above > 0) || !(below > 0)) return null;
  return Math.round((above / below) * 1000) / 1000;
}

function ratio(text: string | null): number | null {
  return fraction((text ?? '').replace(':', '/'));
}

type Nullable<T> = { [K in keyof T]-?: Exclude<T[K], undefined> | null };

function definedOf(details: Partial<Nullable<MediaDetails>>): MediaDetails {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== null));
}

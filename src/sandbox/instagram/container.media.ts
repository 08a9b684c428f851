import { probeImage } from '../core/image.probe.js';
import type { InboxMedia } from '../core/inbox.js';
import { probeMovie } from '../core/movie.probe.js';
import { pullFile } from '../core/pulled.file.js';
import type { GraphCall } from './graph.call.js';
import { invalid } from './graph.errors.js';
import type { ContainerKind, Draft } from './instagram.model.js';
import type { InstagramState } from './instagram.state.js';
import { refusals } from './publish.errors.js';

const MB = 1024 * 1024;
const IMAGE = { bytes: 8 * MB, width: { least: 320, most: 1440 }, ratio: { least: 4 / 5, most: 1.91 } };
/** 1080 by 1350 is 4:5; a pixel lost in rounding is not worth a refusal. */
const ROUNDING = 0.005;
const SECOND = 1000;
const REEL = { bytes: 300 * MB, width: 1920, least: 3 * SECOND, most: 15 * 60 * SECOND };
const STORY = { bytes: 100 * MB, width: 1920, least: 3 * SECOND, most: 60 * SECOND };
const RATIO = { least: 0.01, most: 10 };

/** Numbers that only the text of a status tells. */
const FORMAT = '2207026';
const DOWNLOAD = '2207077';
const PROCESSING = '2207076';

export interface VideoOutcome {
  readonly media: readonly InboxMedia[];
  /** What processing ends with; null: well. */
  readonly problem: string | null;
}

async function load(source: string, { signal }: GraphCall): Promise<Buffer | null> {
  const found = await pullFile(source, signal);
  return found === null || found.bytes.length === 0 ? null : found.bytes;
}

/** A picture is looked at before the container is there. */
export async function fetchImage(state: InstagramState, call: GraphCall, draft: Draft): Promise<InboxMedia> {
  const bytes = await load(sourceOf(call, 'image_url'), call);
  if (bytes === null) throw refusals.notFetchable();
  const size = await checkedPicture(bytes);
  const ratio = size.width / size.height;
  const fits = ratio >= IMAGE.ratio.least - ROUNDING && ratio <= IMAGE.ratio.most + ROUNDING;
  if (draft.kind !== 'story' && !fits) throw refusals.aspectRatio();
  const width = Math.min(IMAGE.width.most, Math.max(IMAGE.width.least, size.width));
  const { sha256, mimeType } = state.environment.media.put(bytes, 'image/jpeg');
  const height = Math.round((size.height * width) / size.width);
  return { kind: 'image', mimeType, bytes: bytes.length, alt: draft.altText, sha256, width, height };
}

/** Nothing but JPEG. */
async function checkedPicture(bytes: Buffer): Promise<{ width: number; height: number }> {
  if (bytes.length > IMAGE.bytes) throw refusals.imageTooLarge();
  const size = await probeImage(bytes);
  if (size?.format !== 'jpeg') throw refusals.imageFormat();
  return size;
}

/** A video is loaded in the background: what is wrong with it shows in the status. Its cover is looked at first. */
export async function fetchVideo(
  state: InstagramState,
  call: GraphCall,
  draft: Draft,
): Promise<VideoOutcome> {
  const source = sourceOf(call, 'video_url');
  await checkCover(call, draft);
  const bytes = await load(source, call);
  return bytes === null ? { media: [], problem: DOWNLOAD } : judgeVideo(state, draft, bytes);
}

export async function checkCover(call: GraphCall, { coverUrl }: Draft): Promise<void> {
  if (coverUrl === null) return;
  const bytes = await load(coverUrl, call);
  if (bytes === null) throw refusals.notFetchable();
  await checkedPicture(bytes);
}

/** What processing of these bytes will end with. */
export function judgeVideo(
  { environment, settings }: InstagramState,
  draft: Draft,
  bytes: Buffer,
): VideoOutcome {
  const facts = probeMovie(bytes);
  const problem = facts === null ? FORMAT : problemOf(draft, { ...facts, bytes });
  const mimeType = 'video/mp4';
  const { sha256 } = environment.media.put(bytes, mimeType);
  const size = facts === null ? {} : { width: facts.width, height: facts.height };
  const forced = settings.processingFailure === '' ? null : settings.processingFailure;
  const medium: InboxMedia = { kind: 'video', mimeType, bytes: bytes.length, alt: null, sha256, ...size };
  return { media: [medium], problem: problem ?? forced };
}

interface Film {
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
  readonly bytes: Buffer;
}

function problemOf({ kind, thumbOffset }: Draft, { width, height, durationMs, bytes }: Film): string | null {
  const limits = limitsOf(kind);
  if (limits === null) return null;
  const ratio = width / height;
  const plays = durationMs >= limits.least && durationMs <= limits.most + SECOND / 10;
  if (!plays || !isHeadFirst(bytes) || bytes.length > limits.bytes || width > limits.width) return FORMAT;
  if (ratio < RATIO.least || ratio > RATIO.most) return PROCESSING;
  return thumbOffset !== null && thumbOffset > durationMs ? '2207057' : null;
}

/** `moov` before `mdat`: nobody has to wait for the end of the file. */
function isHeadFirst(bytes: Buffer): boolean {
  const [head, data] = [bytes.indexOf('moov', 4, 'latin1'), bytes.indexOf('mdat', 4, 'latin1')];
  return data === -1 || head < data;
}

function limitsOf(kind: ContainerKind): typeof REEL | null {
  if (kind === 'reel') return REEL;
  return kind === 'story' ? STORY : null;
}

function sourceOf(call: GraphCall, name: string): string {
  const source = call.value(name) ?? '';
  if (source === '') throw invalid(`Param ${name} is required`);
  return source;
}

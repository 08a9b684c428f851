import type { Canvas, VideoPicture, VideoRecipe } from '../../../platforms/core/index.js';
import { input } from '../probe/video.probe.js';

export interface VideoJob {
  readonly source: string;
  readonly sourceType: string;
  readonly target: string;
}

const muxers: Readonly<Record<string, readonly string[]>> = {
  'video/mp4': ['-movflags', '+faststart', '-f', 'mp4'],
  'video/quicktime': ['-movflags', '+faststart', '-f', 'mov'],
  'video/webm': ['-f', 'webm'],
  'video/x-msvideo': ['-f', 'avi'],
};

const quiet = ['-v', 'error', '-nostdin', '-y', '-nostats', '-progress', 'pipe:1'];
const onlyFirst = ['-map', '0:v:0', '-map', '0:a:0?'];
/** Nothing of the source's tags and chapters, and nothing about who wrote it and when: the same bytes each time. */
const withoutMetadata = [
  ...['-map_metadata', '-1', '-map_metadata:s:v', '-1', '-map_metadata:s:a', '-1', '-map_chapters', '-1'],
  ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
];

/** Null where such containers cannot be written. */
export function cleanArguments({ source, sourceType, target }: VideoJob): string[] | null {
  const muxer = muxers[sourceType];
  if (muxer === undefined) return null;
  return [
    ...quiet,
    ...input(source, sourceType),
    ...onlyFirst,
    '-c',
    'copy',
    ...withoutMetadata,
    ...muxer,
    target,
  ];
}

/** `maxBitRate` in place of the recipe's, where that came out too large. */
export function videoArguments(job: VideoJob, recipe: VideoRecipe, maxBitRate: number | null): string[] {
  const { picture, sound, mimeType, repeat } = recipe;
  return [
    ...quiet,
    ...(repeat > 1 ? ['-stream_loop', String(repeat - 1)] : []),
    ...input(job.source, job.sourceType),
    ...onlyFirst,
    ...(picture === null ? ['-c:v', 'copy'] : pictureArguments(picture, maxBitRate)),
    ...soundArguments(sound),
    ...withoutMetadata,
    ...(muxers[mimeType] ?? []),
    job.target,
  ];
}

function pictureArguments({ canvas, frameRate }: VideoPicture, maxBitRate: number | null): string[] {
  const filters = [
    // Pixels that are not square are made so first; sides are measured in square ones.
    'scale=iw*sar:ih,setsar=1',
    shape(canvas),
    ...(frameRate === null ? [] : [`fps=${frameRate}`]),
    'format=yuv420p',
  ];
  const bound = maxBitRate === null ? [] : ['-maxrate', String(maxBitRate), '-bufsize', String(maxBitRate)];
  return [
    ...[
      '-vf',
      filters.join(','),
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-profile:v',
      'high',
      '-crf',
      '22',
    ],
    ...['-g', '60', '-flags:v', '+cgop', '-threads', '2', '-pix_fmt', 'yuv420p', ...bound],
  ];
}

function shape({ width, height, fit }: Canvas): string {
  const into = `scale=${width}:${height}`;
  if (fit === 'scale') return `${into},setsar=1`;
  if (fit === 'crop') {
    return `${into}:force_original_aspect_ratio=increase,crop=${width}:${height},setsar=1`;
  }
  return `${into}:force_original_aspect_ratio=decrease,pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:black,setsar=1`;
}

function soundArguments(sound: VideoRecipe['sound']): string[] {
  switch (sound) {
    case 'none':
      return ['-an'];
    case 'copy':
      return ['-c:a', 'copy'];
    case 'aac':
      return ['-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', '2'];
  }
}

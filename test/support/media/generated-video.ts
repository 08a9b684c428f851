import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram } from '../requirements.js';

export interface VideoOptions {
  readonly width?: number;
  readonly height?: number;
  readonly seconds?: number;
  readonly rate?: number;
  readonly extension?: 'mp4' | 'mov' | 'webm' | 'avi';
  readonly sound?: boolean;
  /** As a phone that was turned writes it: the pixels stay, a matrix says how to show them. */
  readonly rotation?: 90 | 180 | 270;
}

const codecs: Record<string, readonly string[]> = {
  mp4: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
  mov: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv422p', '-c:a', 'pcm_s16le'],
  webm: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-c:a', 'libvorbis'],
  avi: ['-c:v', 'mpeg4', '-c:a', 'libmp3lame'],
};

/** Moving colours with a tone, by ffmpeg. */
export function generateVideo({
  width = 320,
  height = 180,
  seconds = 1,
  rate = 10,
  extension = 'mp4',
  sound = true,
  rotation,
}: VideoOptions = {}): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'fanfare-test-video-'));
  const file = path.join(folder, `video.${extension}`);
  try {
    const picture = ['-f', 'lavfi', '-i', `testsrc=s=${width}x${height}:r=${rate}:d=${seconds}`];
    const tone = sound ? ['-f', 'lavfi', '-i', `sine=d=${seconds}`] : [];
    ffmpeg([...picture, ...tone, ...(codecs[extension] ?? []), '-shortest', file]);
    if (rotation === undefined) return readFileSync(file);
    const turned = path.join(folder, `turned.${extension}`);
    ffmpeg(['-i', file, '-c', 'copy', '-metadata:s:v:0', `rotate=${rotation}`, turned]);
    return readFileSync(turned);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function ffmpeg(args: readonly string[]): void {
  const program = findProgram('ffmpeg');
  if (program === undefined) throw new Error('ffmpeg is not installed');
  execFileSync(program, ['-v', 'error', '-y', '-nostdin', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

import { stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import type { VideoRecipe } from '../../../platforms/core/index.js';
import { maxPixels } from '../probe/image.probe.js';
import { StagingArea } from '../storage/staging.area.js';
import { MediaTools } from '../tools/media.tools.js';
import { runTool, ToolFailedError } from '../tools/tool.run.js';
import { RenditionImpossibleError } from './rendition.js';
import { cleanArguments, type VideoJob, videoArguments } from './video.arguments.js';

export interface VideoWork extends VideoJob {
  readonly durationMs: number | null;
  readonly signal: AbortSignal;
  readonly onProgress: (percent: number) => void;
}

const minute = 60_000;
const longest = 4 * 60 * minute;
const usualDurationMs = 10 * minute;
const mostTries = 4;
const nextBitRate = 0.8;

/** Writes videos with ffmpeg, two threads and a limited time each. */
@Injectable()
export class VideoMaker {
  constructor(
    private readonly tools: MediaTools,
    private readonly staging: StagingArea,
  ) {}

  /** Throws RenditionImpossibleError. */
  async make(work: VideoWork, recipe: VideoRecipe): Promise<void> {
    if (recipe.source === 'video') return this.encode(work, recipe);
    // ffmpeg reads no moving WebP, and makes black of what is transparent.
    return this.staging.use(async (opaque) => {
      const animation = sharp(work.source, { animated: true, limitInputPixels: maxPixels * 2 });
      await animation.flatten({ background: 'white' }).gif({ effort: 1 }).toFile(opaque);
      await this.encode({ ...work, source: opaque, sourceType: 'image/gif' }, recipe);
    });
  }

  async clean(work: VideoWork): Promise<void> {
    const args = cleanArguments(work);
    if (args === null) {
      throw new RenditionImpossibleError(`Metadata of ${work.sourceType} cannot be cut out.`);
    }
    await this.run(work, args);
  }

  private async encode(work: VideoWork, recipe: VideoRecipe): Promise<void> {
    let maxBitRate = recipe.picture?.maxBitRate ?? null;
    for (let tries = 0; tries < mostTries; tries += 1) {
      await this.run(work, videoArguments(work, recipe, maxBitRate));
      const { size } = await stat(work.target);
      if (size <= recipe.maxBytes) return;
      if (recipe.picture === null) break;
      maxBitRate = Math.floor((maxBitRate ?? bitRateOf(size, work.durationMs)) * nextBitRate);
    }
    throw new RenditionImpossibleError(`The video cannot be written in ${recipe.maxBytes} bytes.`);
  }

  private async run({ durationMs, signal, onProgress }: VideoWork, args: readonly string[]): Promise<void> {
    const ffmpeg = this.tools.find('ffmpeg');
    if (ffmpeg.path === null) throw new RenditionImpossibleError(`${ffmpeg.reason}.`);
    const length = durationMs ?? usualDurationMs;
    const onLine = (line: string): void => {
      const done = progressOf(line, length);
      if (done !== null) onProgress(done);
    };
    try {
      const timeoutMs = Math.min(longest, 10 * minute + length * 15);
      await runTool({ path: ffmpeg.path, args, timeoutMs, signal, onLine });
    } catch (error) {
      if (signal.aborted || !(error instanceof ToolFailedError)) throw error;
      throw new RenditionImpossibleError('The video could not be converted.', { cause: error });
    }
  }
}

/** ffmpeg counts microseconds, under a name that says milliseconds. */
function progressOf(line: string, durationMs: number): number | null {
  const [key, value] = line.trim().split('=');
  const microseconds = key === 'out_time_ms' ? Number(value) : NaN;
  if (!Number.isFinite(microseconds) || durationMs <= 0) return null;
  return Math.max(0, Math.min(99, Math.floor(microseconds / 10 / durationMs)));
}

function bitRateOf(bytes: number, durationMs: number | null): number {
  return (bytes * 8 * 1000) / Math.max(1, durationMs ?? usualDurationMs);
}

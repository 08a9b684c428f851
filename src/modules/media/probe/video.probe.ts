import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import { parseJson } from '../../../common/http/index.js';
import { unreadable } from '../media.errors.js';
import { StagingArea } from '../storage/staging.area.js';
import { MediaTools } from '../tools/media.tools.js';
import { readFastStart } from './fast-start.js';
import { runTool, ToolFailedError } from '../tools/tool.run.js';
import { makePreview } from './preview.js';
import { nothingRead, type Preview, type ProbeWish, type Reading } from './probed.js';
import { readReport, type VideoReport } from './video.report.js';

const probeTimeoutMs = 60_000;
/** Names of ffmpeg's readers by our type: a file is read as what its bytes are, and as nothing else. */
const readers: Readonly<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/webm': 'matroska',
  'video/x-msvideo': 'avi',
  'audio/mp4': 'mov',
  'audio/mpeg': 'mp3',
  'image/gif': 'gif',
};

interface Moving {
  readonly mimeType: string;
  readonly kind: 'video' | 'audio';
}

/** Video and audio, by ffprobe; a picture of it by ffmpeg. Without them the file is taken as it is, and the reason is kept. */
@Injectable()
export class VideoProbe {
  constructor(
    private readonly tools: MediaTools,
    private readonly staging: StagingArea,
  ) {}

  async read(path: string, { mimeType, kind }: Moving, wish: ProbeWish): Promise<Reading> {
    const ffprobe = this.tools.find('ffprobe');
    if (ffprobe.path === null) return { ...nothingRead, details: { unread: `${ffprobe.reason}.` } };
    const report = await this.report(ffprobe.path, path, mimeType);
    if (kind === 'video' && !report.hasVideo) throw unreadable('there is no picture in it', undefined);
    if (kind === 'audio' && !report.hasAudio) throw unreadable('there is no sound in it', undefined);
    const { width, height, durationMs } = report;
    const fastStart = readers[mimeType] === 'mov' ? await readFastStart(path) : null;
    const details = fastStart === null ? report.details : { ...report.details, fastStart };
    const preview = kind === 'video' && wish.preview ? await this.poster(path, mimeType, durationMs) : null;
    return { width, height, durationMs, details, preview };
  }

  private async report(program: string, path: string, mimeType: string): Promise<VideoReport> {
    const args = ['-v', 'error', ...input(path, mimeType), '-show_format', '-show_streams', '-of', 'json'];
    try {
      const output = await runTool({ path: program, args, timeoutMs: probeTimeoutMs });
      return readReport(parseJson(output));
    } catch (error) {
      if (!(error instanceof ToolFailedError)) throw error;
      throw unreadable('it is damaged or incomplete', error);
    }
  }

  /** A frame from the first tenth: the very first is often black. A file without one has no picture, which is no failure. */
  private async poster(path: string, mimeType: string, durationMs: number | null): Promise<Preview | null> {
    const ffmpeg = this.tools.find('ffmpeg');
    if (ffmpeg.path === null) return null;
    const program = ffmpeg.path;
    const seconds = Math.min(3, (durationMs ?? 0) / 10_000).toFixed(3);
    return this.staging.use(async (picture) => {
      const output = ['-frames:v', '1', '-f', 'image2', '-c:v', 'png', '-update', '1', picture];
      const args = ['-v', 'error', '-nostdin', '-ss', seconds, ...input(path, mimeType), '-an', ...output];
      try {
        await runTool({ path: program, args, timeoutMs: probeTimeoutMs });
        return await makePreview(sharp(picture));
      } catch {
        return null;
      }
    });
  }
}

/** Only this file is opened, whatever it refers to. */
export function input(path: string, mimeType: string): string[] {
  const reader = readers[mimeType];
  return ['-protocol_whitelist', 'file', ...(reader === undefined ? [] : ['-f', reader]), '-i', path];
}

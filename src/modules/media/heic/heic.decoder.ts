import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import { isRecord, numberAt, textAt } from '../../../platforms/core/index.js';
import { tooManyPixels, unreadable } from '../media.errors.js';
import { StagingArea } from '../storage/staging.area.js';
import { runWorker, WorkerFailedError } from '../tools/worker.run.js';

/** More than cameras write today (50 million); each costs some ten bytes of memory while it is decoded. */
export const maxHeicPixels = 64_000_000;
const maxBytes = 128 * 1024 * 1024;
const maxMemory = 768 * 1024 * 1024;
const heapLimit = 256;
const timeoutMs = 60_000;

/**
 * The image library knows AV1 in this container, and not the patented HEVC that phones write. That is decoded by
 * WebAssembly, in a thread of its own, one picture at a time: what it needs of memory is needed once.
 */
@Injectable()
export class HeicDecoder {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly staging: StagingArea) {}

  /**
   * Hands `use` a file that the image library reads: this one, or a PNG of it, upright, with its colour profile. The PNG is
   * gone afterwards.
   * @throws ValidationFailedError when it cannot be decoded.
   */
  async readable<T>(file: string, use: (readable: string) => Promise<T>): Promise<T> {
    const { format, compression, icc } = await sharp(file, { limitInputPixels: false }).metadata();
    if (format !== 'heif' || compression !== 'hevc') return use(file);
    return this.staging.use(async (png) => {
      await this.inTurn(() => decode(file, png, icc ?? null));
      return use(png);
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

async function decode(source: string, target: string, icc: Buffer | null): Promise<void> {
  if ((await stat(source)).size > maxBytes) throw unreadable(`a HEIC has at most ${maxBytes} bytes`);
  const input = { source, target, icc, maxMemory, maxPixels: maxHeicPixels };
  const answer = await run(input);
  const problem = textAt(answer, 'problem');
  if (problem === 'too_many_pixels') throw tooManyPixels(maxHeicPixels);
  if (problem !== null) throw unreadable(problem);
  if (!isRecord(answer) || numberAt(answer, 'width') === null) throw unreadable('it cannot be decoded');
}

async function run(input: unknown): Promise<unknown> {
  const file = path.join(import.meta.dirname, 'heic.worker.mjs');
  try {
    return await runWorker({ file, input, timeoutMs, heapLimit });
  } catch (error) {
    if (!(error instanceof WorkerFailedError)) throw error;
    throw unreadable('it cannot be decoded within the memory and the time that an image has', error);
  }
}

import { readFile, stat, writeFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import sharp, { type Sharp } from 'sharp';
import { DomainError } from '../../../common/errors/index.js';
import type { Canvas, ImageRecipe, ImageType } from '../../../platforms/core/index.js';
import { HeicDecoder } from '../heic/heic.decoder.js';
import { maxPixels } from '../probe/image.probe.js';
import { cleanImage } from './clean.image.js';
import { RenditionImpossibleError } from './rendition.js';

const qualities = [90, 82, 74] as const;
const lastQuality = 74;
const mostTries = 8;
/** Of the side that should do, so that the next try mostly fits. */
const caution = 0.94;
const timeoutSeconds = 180;
const fits = { scale: 'fill', crop: 'cover', pad: 'contain' } as const;

interface Try {
  readonly canvas: Canvas;
  readonly type: ImageType;
  readonly quality: number;
}

/** Writes images anew: upright, in sRGB, without metadata, and small enough by measured size. */
@Injectable()
export class ImageMaker {
  constructor(private readonly heic: HeicDecoder) {}

  /** Throws RenditionImpossibleError. */
  async make(source: string, recipe: ImageRecipe, target: string): Promise<void> {
    try {
      await this.heic.readable(source, (readable) => this.makeSmall(readable, recipe, target));
    } catch (error) {
      const known = error instanceof RenditionImpossibleError;
      if (known || (isAboutDisk(error) && !(error instanceof DomainError))) throw error;
      throw new RenditionImpossibleError('The image could not be converted.', { cause: error });
    }
  }

  async clean(source: string, mimeType: string, target: string): Promise<void> {
    await writeFile(target, cleanImage(await readFile(source), mimeType), { mode: 0o600 });
  }

  private async makeSmall(source: string, recipe: ImageRecipe, target: string): Promise<void> {
    const { types, canvas, maxBytes } = recipe;
    let bytes = 0;
    let type: ImageType = 'image/jpeg';
    for (type of types) {
      for (const quality of type === 'image/png' ? [lastQuality] : qualities) {
        bytes = await this.write(source, { canvas, type, quality }, target);
        if (bytes <= maxBytes) return;
      }
    }
    await this.shrink(source, recipe, { target, type, bytes });
  }

  /** Smaller pictures, until the bytes suffice. */
  private async shrink(
    source: string,
    { canvas, maxBytes, least }: ImageRecipe,
    { target, type, bytes: first }: { target: string; type: ImageType; bytes: number },
  ): Promise<void> {
    let smaller = canvas;
    let bytes = first;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const scale = Math.sqrt(maxBytes / bytes) * caution;
      smaller = {
        fit: canvas.fit,
        width: Math.max(1, Math.floor(smaller.width * scale)),
        height: Math.max(1, Math.floor(smaller.height * scale)),
      };
      if (smaller.width < least.width || smaller.height < least.height) break;
      bytes = await this.write(source, { canvas: smaller, type, quality: lastQuality }, target);
      if (bytes <= maxBytes) return;
    }
    throw new RenditionImpossibleError(
      `The image cannot be written in ${maxBytes} bytes without becoming smaller than ${least.width} × ${least.height} pixels.`,
    );
  }

  private async write(source: string, { canvas, type, quality }: Try, target: string): Promise<number> {
    const { width, height, fit } = canvas;
    const picture = sharp(source, { failOn: 'error', sequentialRead: true, limitInputPixels: maxPixels })
      .timeout({ seconds: timeoutSeconds })
      .autoOrient()
      .resize({ width, height, fit: fits[fit], background: 'white' });
    await encode(picture, type, quality).toFile(target);
    return (await stat(target)).size;
  }
}

function encode(picture: Sharp, type: ImageType, quality: number): Sharp {
  switch (type) {
    case 'image/jpeg':
      return picture.flatten({ background: 'white' }).jpeg({ quality, mozjpeg: true });
    case 'image/webp':
      return picture.webp({ quality });
    case 'image/png':
      return picture.png({ compressionLevel: 9 });
  }
}

/** A disk that is full today says nothing about the image. */
export function isAboutDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

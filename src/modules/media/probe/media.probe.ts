import { Injectable } from '@nestjs/common';
import { fileTypeFromFile } from 'file-type';
import { unsupported } from '../media.errors.js';
import { type AcceptedType, acceptedType } from '../media.types.js';
import { DocumentProbe } from './document.probe.js';
import { ImageProbe } from './image.probe.js';
import type { ProbeWish, Reading } from './probed.js';
import { VideoProbe } from './video.probe.js';

export type Probed = AcceptedType & Reading;

/** Tells what a file is by its bytes, and reads it. */
@Injectable()
export class MediaProbe {
  constructor(
    private readonly images: ImageProbe,
    private readonly videos: VideoProbe,
    private readonly documents: DocumentProbe,
  ) {}

  async probe(path: string, wish: ProbeWish = { preview: true }): Promise<Probed> {
    const detected = await fileTypeFromFile(path);
    const type = detected === undefined ? null : acceptedType(detected.mime);
    if (type === null) throw unsupported(detected?.mime ?? null);
    return { ...type, ...(await this.read(path, type, wish)) };
  }

  private read(path: string, { kind, mimeType }: AcceptedType, wish: ProbeWish): Promise<Reading> {
    switch (kind) {
      case 'image':
      case 'gif':
        return this.images.read(path, wish);
      case 'video':
      case 'audio':
        return this.videos.read(path, { mimeType, kind }, wish);
      case 'document':
        return this.documents.read(path);
    }
  }
}

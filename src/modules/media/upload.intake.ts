import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { empty, tooLarge } from './media.errors.js';

export interface TakenIn {
  readonly sha256: string;
  readonly bytes: number;
}

/** Writes a stream to a file while it counts and hashes; holds no more than a chunk in memory. */
@Injectable()
export class UploadIntake {
  constructor(private readonly config: AppConfig) {}

  /** Of a file that is there already. */
  async measure(path: string): Promise<TakenIn> {
    const hash = createHash('sha256');
    let bytes = 0;
    const chunks: AsyncIterable<Buffer> = createReadStream(path);
    for await (const chunk of chunks) {
      bytes += chunk.length;
      hash.update(chunk);
    }
    if (bytes === 0) throw empty();
    return { sha256: hash.digest('hex'), bytes };
  }

  /** `truncated`: whether whoever parsed the stream has cut it off. Leaves a part of a file behind when it throws. */
  async take(stream: Readable, path: string, truncated: () => boolean): Promise<TakenIn> {
    const { maxBytes } = this.config.media;
    const hash = createHash('sha256');
    let bytes = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > maxBytes) {
          done(tooLarge(maxBytes));
          return;
        }
        hash.update(chunk);
        done(null, chunk);
      },
    });
    // Made before the first byte is read: a stream that fails at once must not have its file made after that.
    const file = await open(path, 'wx', 0o600);
    await pipeline(stream, meter, file.createWriteStream());
    if (truncated()) throw tooLarge(maxBytes);
    if (bytes === 0) throw empty();
    return { sha256: hash.digest('hex'), bytes };
  }
}

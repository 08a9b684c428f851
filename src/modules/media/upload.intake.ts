import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { empty, tooLarge } from './media.errors.js';

/** Most bytes of one upload; the multipart parser of the API gets the same number. */
export const maxUploadBytes = 100 * 1024 * 1024;

export interface TakenIn {
  readonly sha256: string;
  readonly bytes: number;
}

/** Writes a stream to a file while it counts and hashes; holds no more than a chunk in memory. */
@Injectable()
export class UploadIntake {
  /** `truncated`: whether whoever parsed the stream has cut it off. Leaves a part of a file behind when it throws. */
  async take(stream: Readable, path: string, truncated: () => boolean): Promise<TakenIn> {
    const hash = createHash('sha256');
    let bytes = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        if (bytes > maxUploadBytes) {
          done(tooLarge(maxUploadBytes));
          return;
        }
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(stream, meter, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    if (truncated()) throw tooLarge(maxUploadBytes);
    if (bytes === 0) throw empty();
    return { sha256: hash.digest('hex'), bytes };
  }
}

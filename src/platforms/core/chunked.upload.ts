import { type ByteSource, sliceOf } from '../../common/http/index.js';
import type { PublishContext } from './context.js';

export interface Chunk {
  /** From 0. */
  readonly index: number;
  /** Of its first byte in the file. */
  readonly offset: number;
  readonly source: ByteSource;
  readonly isLast: boolean;
}

export interface ChunkedUpload {
  /** Unique among the steps of the publication; names the upload session where a new one is begun. */
  readonly key: string;
  readonly source: ByteSource;
  /** Bytes of every chunk but the last. */
  readonly chunkBytes: number;
  /** One call. After a crash between the call and its record the same chunk comes once more. */
  readonly send: (chunk: Chunk) => Promise<void>;
}

/**
 * Sends a file piece by piece, reading no more of it than is sent. Each piece is a step: a run that takes over goes on behind
 * the last piece that is recorded.
 */
export async function uploadInChunks(
  ctx: Pick<PublishContext, 'step'>,
  { key, source, chunkBytes, send }: ChunkedUpload,
): Promise<void> {
  if (!Number.isInteger(chunkBytes) || chunkBytes < 1) throw new RangeError('a chunk has at least one byte');
  for (let offset = 0, index = 0; offset < source.bytes; offset += chunkBytes, index += 1) {
    const end = Math.min(offset + chunkBytes, source.bytes);
    const part = sliceOf(source, { first: offset, last: end - 1 });
    const chunk = { index, offset, source: part, isLast: end === source.bytes };
    await ctx.step(`${key}:${offset}`, async () => {
      await send(chunk);
      return end;
    });
  }
}

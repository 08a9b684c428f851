import { createHash } from 'node:crypto';
import { sliceOf, type ByteSource } from '../../common/http/index.js';

/** What the documents use; the last piece takes what is left as well. */
const chunkBytes = 10_000_000;

export interface Chunk {
  readonly offset: number;
  readonly bytes: number;
}

export interface ChunkPlan {
  readonly chunkSize: number;
  /** In order; each but the last is of the chunk's size. */
  readonly chunks: readonly Chunk[];
}

/** `total_chunk_count` is rounded down, and a single piece has to be as large as the video. */
export function planChunks(videoBytes: number): ChunkPlan {
  const count = Math.max(1, Math.floor(videoBytes / chunkBytes));
  const chunkSize = count === 1 ? videoBytes : chunkBytes;
  const chunks = Array.from({ length: count }, (_, index) => {
    const offset = index * chunkSize;
    return { offset, bytes: index === count - 1 ? videoBytes - offset : chunkSize };
  });
  return { chunkSize, chunks };
}

export function pieceOf(source: ByteSource, { offset, bytes }: Chunk): ByteSource {
  return bytes === source.bytes ? source : sliceOf(source, { first: offset, last: offset + bytes - 1 });
}

/** Hex; read piece by piece. */
export async function hashOf(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  const pieces: AsyncIterable<unknown> = await source.open();
  for await (const piece of pieces) hash.update(piece as Uint8Array);
  return hash.digest('hex');
}

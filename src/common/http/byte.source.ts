import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/** A part of a file: both ends counted from 0, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Bytes that are read when they are needed, as often as they are needed, and never all at once. */
export interface ByteSource {
  readonly bytes: number;
  /** Lower-case hex, of all of them; null where nobody knows it. */
  readonly sha256: string | null;
  open(range?: ByteRange): Promise<Readable>;
}

/** What is in memory already. */
export function sourceOf(content: Uint8Array): ByteSource {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    open: (range) => Promise.resolve(Readable.from([range === undefined ? bytes : part(bytes, range)])),
  };
}

/** A piece of another source, for uploads that go up in pieces. */
export function sliceOf(source: ByteSource, { first, last }: ByteRange): ByteSource {
  return {
    bytes: last - first + 1,
    sha256: null,
    open: (range) =>
      source.open(
        range === undefined ? { first, last } : { first: first + range.first, last: first + range.last },
      ),
  };
}

/**
 * All bytes of a source, in pieces. What has another length or another hash than announced fails before its last piece is
 * given, so that nobody takes it for whole.
 */
export async function* wholly(source: ByteSource): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let given = 0;
  let held: Buffer | null = null;
  const chunks: AsyncIterable<unknown> = await source.open();
  for await (const chunk of chunks) {
    const bytes = bufferOf(chunk);
    given += bytes.length;
    if (given > source.bytes) break;
    hash.update(bytes);
    if (held !== null) yield held;
    held = bytes;
  }
  if (given !== source.bytes) {
    throw new Error(`the body has ${given} bytes or more, announced were ${source.bytes}`);
  }
  if (source.sha256 !== null && hash.digest('hex') !== source.sha256) {
    throw new Error('the body has other bytes than announced');
  }
  if (held !== null) yield held;
}

function part(bytes: Buffer, { first, last }: ByteRange): Buffer {
  return bytes.subarray(first, last + 1);
}

function bufferOf(chunk: unknown): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (Buffer.isBuffer(chunk)) return chunk;
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError('the source gave something that is no bytes');
}

import { type IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { HttpTransportError, type TransportReason } from './http.errors.js';
import { HttpAnswer } from './http.types.js';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

export interface ReadLimits {
  readonly maxBytes: number;
  /** Whether it answers a HEAD, whose length is that of a body that does not come. */
  readonly head: boolean;
}

type Done = (result: RawAnswer | HttpTransportError) => void;

const UNPACK = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/** Calls `done` once, in the same turn as the last event, with the whole answer or why there is none. */
export function readAnswer(response: IncomingMessage, { maxBytes, head }: ReadLimits, done: Done): void {
  const status = response.statusCode ?? 0;
  const chunks: Buffer[] = [];
  let total = 0;
  if (Number(response.headers['content-length'] ?? 0) > maxBytes && !head) {
    done(failure('too_large', `the answer has more than ${maxBytes} bytes`, status));
    return;
  }
  response.on('data', (chunk: Buffer) => {
    total += chunk.length;
    if (total > maxBytes) done(failure('too_large', `the answer has more than ${maxBytes} bytes`, status));
    else chunks.push(chunk);
  });
  response.on('end', () => {
    if (response.complete) done({ status, headers: headersOf(response), bytes: Buffer.concat(chunks) });
    else done(failure('truncated', 'the answer ended before its end', status));
  });
  response.on('error', (cause) => {
    done(failure('truncated', 'the answer ended before its end', status, cause));
  });
  response.on('close', () => {
    done(failure('truncated', 'the connection was closed within the answer', status));
  });
}

/**
 * The answer with its body unpacked.
 * @throws HttpTransportError (after_send) when it cannot be, or is too large then.
 */
export async function unpackAnswer(raw: RawAnswer, url: string, maxBytes: number): Promise<HttpAnswer> {
  const encoding = (raw.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '' || raw.bytes.length === 0) {
    return new HttpAnswer(raw.status, raw.headers, raw.bytes, url);
  }
  const unpack = UNPACK.get(encoding);
  if (unpack === undefined) throw failure('unreadable', `the answer is encoded as "${encoding}"`, raw.status);
  try {
    return new HttpAnswer(
      raw.status,
      raw.headers,
      await unpack(raw.bytes, { maxOutputLength: maxBytes }),
      url,
    );
  } catch (cause) {
    const large =
      typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw failure(large ? 'too_large' : 'unreadable', 'the answer cannot be unpacked', raw.status, cause);
  }
}

function headersOf(response: IncomingMessage): Record<string, string> {
  const headers = Object.entries(response.headersDistinct);
  return Object.fromEntries(headers.map(([name, values]) => [name, (values ?? []).join(', ')]));
}

function failure(
  reason: TransportReason,
  message: string,
  status: number,
  cause?: unknown,
): HttpTransportError {
  return new HttpTransportError({ phase: 'after_send', reason, message, status, cause });
}

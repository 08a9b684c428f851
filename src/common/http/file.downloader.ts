import { type Agent, type IncomingMessage, request as openRequest } from 'node:http';
import { type AddressGuard } from './address.guard.js';
import { createAgent } from './guarded.agent.js';
import { HttpTransportError, type TransportReason } from './http.errors.js';
import { nextHop } from './redirects.js';
import { buildRequest, type BuiltRequest } from './request.builder.js';

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** For everything, the last byte included. */
  readonly timeoutMs: number;
  /** Without a byte. */
  readonly silenceMs: number;
}

export interface Download {
  readonly status: number;
  /** Where it came from, behind all redirects. */
  readonly url: string;
  readonly contentType: string | null;
  readonly contentDisposition: string | null;
  /** Fails when the limits are broken or the answer ends before its end. */
  readonly stream: IncomingMessage;
}

export interface DownloaderSetup {
  readonly guard: AddressGuard;
  /** Authorities to trust instead of the usual ones; for tests. */
  readonly ca?: string;
}

/**
 * Fetches what an address of a stranger leads to, as a stream. Every hop goes through the address guard, and the connection
 * is made to the address that was checked. It is not for platforms: theirs are `HttpClient`'s.
 */
export class FileDownloader {
  constructor(private readonly setup: DownloaderSetup) {}

  /**
   * Hands the answer to `take`, whatever its status; the connection ends with it.
   * @throws HttpTransportError
   */
  async fetch<T>(
    address: string,
    limits: DownloadLimits,
    take: (download: Download) => Promise<T>,
  ): Promise<T> {
    const opening = new AbortController();
    const timeUp = AbortSignal.timeout(limits.timeoutMs);
    const signal = AbortSignal.any([opening.signal, timeUp]);
    let built = buildRequest({ method: 'GET', url: address, headers: { 'accept-encoding': 'identity' } });
    try {
      for (let hops = 0; ; hops += 1) {
        const secure = built.url.protocol === 'https:';
        const agent = createAgent(secure, 'once', { ...this.setup, signal });
        const answer = await open(built, agent, { signal, silenceMs: limits.silenceMs });
        const next = nextHop(built, {
          status: answer.statusCode ?? 0,
          headers: headersOf(answer),
          bytes: none,
        });
        if (next === null) return await take(downloadOf(answer, built, limits));
        answer.destroy();
        if (hops >= limits.maxRedirects) throw failure('request_refused', 'there are too many redirects');
        built = next;
      }
    } catch (error) {
      throw timeUp.aborted ? failure('timeout', 'it took too long', error) : error;
    } finally {
      opening.abort();
    }
  }
}

const none = Buffer.alloc(0);

function open(
  { url, headers }: BuiltRequest,
  agent: Agent,
  { signal, silenceMs }: { signal: AbortSignal; silenceMs: number },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = openRequest({
      agent,
      signal,
      method: 'GET',
      protocol: url.protocol,
      hostname: url.hostname,
      port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port,
      path: url.pathname + url.search,
      headers: { ...headers },
    });
    request.setTimeout(silenceMs, () => {
      request.destroy(failure('timeout', `there was nothing for ${silenceMs} ms`));
    });
    request.once('response', resolve);
    request.once('error', (error) => {
      reject(error instanceof HttpTransportError ? error : failure('reset', 'the connection failed', error));
    });
    request.end();
  });
}

function downloadOf(answer: IncomingMessage, built: BuiltRequest, { maxBytes }: DownloadLimits): Download {
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw failure('unreadable', `the answer is encoded as "${encoding}"`);
  if (Number(answer.headers['content-length'] ?? 0) > maxBytes) {
    throw failure('too_large', `the answer has more than ${maxBytes} bytes`);
  }
  return {
    status: answer.statusCode ?? 0,
    url: built.url.href,
    contentType: answer.headers['content-type'] ?? null,
    contentDisposition: answer.headers['content-disposition'] ?? null,
    stream: answer,
  };
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return headers.location === undefined ? {} : { location: headers.location };
}

function failure(reason: TransportReason, message: string, cause?: unknown): HttpTransportError {
  return new HttpTransportError({ phase: 'after_send', reason, message, cause });
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxResponse } from './response.js';

const MAX_BODY_BYTES = 450_000_000;

/** One request and its answer on the wire, with every way of losing the answer. */
export class HttpExchange {
  private readonly gone = new AbortController();

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {
    response.on('close', () => this.gone.abort());
    request.on('error', () => this.gone.abort());
  }

  get clientGone(): AbortSignal {
    return this.gone.signal;
  }

  /** Null when the client went away in the middle. */
  async readBody(): Promise<Buffer | null> {
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of this.request as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > MAX_BODY_BYTES) return null;
        chunks.push(chunk);
      }
    } catch {
      return null;
    }
    return Buffer.concat(chunks);
  }

  headers(): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.request.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return headers;
  }

  send(answer: SandboxResponse): void {
    this.response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
    this.response.end(answer.body);
  }

  /** Announces the whole body, sends half of it and drops the connection. */
  async sendTruncated(answer: SandboxResponse): Promise<void> {
    this.response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length + 1 });
    const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
    await new Promise<void>((resolve) => this.response.write(half, () => resolve()));
    this.response.destroy();
  }

  /** The connection ends with a reset, without a byte of an answer. */
  reset(): void {
    const socket = this.request.socket;
    if (!socket.destroyed) socket.resetAndDestroy();
  }
}

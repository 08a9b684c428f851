import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeEntry {
  readonly id: string;
  readonly account: string;
  readonly text: string;
}

/** What becomes of one POST. `after` acts and loses the answer; `before` loses it without acting. */
export type FakeFate =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  | { readonly kind: 'reset-before' | 'reset-after' | 'hang-after' }
  /** Acts, and says this with it. */
  | { readonly kind: 'headers'; readonly headers: Record<string, string> }
  | {
      readonly kind: 'hold';
      readonly until: Promise<void>;
      readonly reached: () => void;
      /** Refuses in the end; left out: acts. */
      readonly status?: number;
    };

/** A post on its way: resolved once the platform has it. */
export interface HeldPost {
  readonly reached: Promise<void>;
  release(): void;
}

/** A platform on loopback: takes posts, lists them, and fails on demand. */
export class FakeServer {
  readonly entries: FakeEntry[] = [];
  readonly fates: FakeFate[] = [];
  /** Visible calls, whatever became of them. */
  calls = 0;
  /** Failures of the list route, used up one by one. */
  readonly listStatuses: number[] = [];
  /** While true every request, reads as well, is cut off. */
  down = false;
  /** Harmless reads that were answered or cut off. */
  pings = 0;
  private readonly byKey = new Map<string, FakeEntry>();
  private server: Server | null = null;

  get url(): string {
    const address = this.server?.address() as AddressInfo | null | undefined;
    if (!address) throw new Error('the fake server is not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  start(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response));
    return new Promise((resolve) =>
      this.server?.listen(0, '127.0.0.1', () => {
        resolve();
      }),
    );
  }

  stop(): Promise<void> {
    this.server?.closeAllConnections();
    return new Promise((resolve) =>
      this.server?.close(() => {
        resolve();
      }),
    );
  }

  /** Holds the next post: nothing is done with it until it is let go. Then it is refused with the status; without one it acts. */
  holdNext(status?: number): HeldPost {
    const [arrival, end] = [deferred(), deferred()];
    const hold = { kind: 'hold' as const, until: end.promise, reached: arrival.resolve };
    this.fates.push(status === undefined ? hold : { ...hold, status });
    return { reached: arrival.promise, release: end.resolve };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.url === '/ping') this.pings += 1;
    if (this.down) {
      if (request.method === 'POST') this.calls += 1;
      request.socket.destroy();
      return;
    }
    if (request.url === '/ping') {
      send(response, 200, {});
      return;
    }
    if (request.method === 'GET') {
      this.list(request, response);
      return;
    }
    this.calls += 1;
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      account: string;
      text: string;
      key: string | null;
    };
    const fate = this.fates.shift();
    if (fate?.kind === 'hold') {
      fate.reached();
      await fate.until;
    }
    if (fate?.kind === 'hold' && fate.status !== undefined) {
      send(response, fate.status, { error: 'as told' });
      return;
    }
    if (fate?.kind === 'status') {
      send(response, fate.status, { error: 'as told' }, fate.headers);
      return;
    }
    if (fate?.kind === 'reset-before') {
      request.socket.destroy();
      return;
    }
    const entry = this.store(body);
    if (fate?.kind === 'reset-after') request.socket.destroy();
    else if (fate?.kind !== 'hang-after')
      send(response, 200, entry, fate?.kind === 'headers' ? fate.headers : {});
  }

  private store({ account, text, key }: { account: string; text: string; key: string | null }): FakeEntry {
    const known = key === null ? undefined : this.byKey.get(key);
    if (known !== undefined) return known;
    const entry = { id: `f${this.entries.length + 1}-${account}`, account, text };
    this.entries.push(entry);
    if (key !== null) this.byKey.set(key, entry);
    return entry;
  }

  private list(request: IncomingMessage, response: ServerResponse): void {
    const status = this.listStatuses.shift();
    if (status !== undefined) {
      send(response, status, { error: 'as told' });
      return;
    }
    const account = new URL(request.url ?? '/', 'http://fake').searchParams.get('account');
    send(
      response,
      200,
      this.entries.filter((entry) => entry.account === account),
    );
  }
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

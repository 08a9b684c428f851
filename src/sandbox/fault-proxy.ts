import { createServer } from 'node:http';
import { closeServer, listenOnLoopback, LOOPBACK } from './core/loopback.js';
import { forward, loseAnswer, type UpstreamAnswer } from './proxy/forwarding.js';

export const PROXY_MODES = [
  'pass',
  'reset-before',
  'hang-before',
  '503-before',
  'reset-after',
  'hang-after',
  '502-after',
  'truncate-after',
] as const;
/** `before`: the server never sees the request. `after`: the server acted, and its answer is lost. */
export type ProxyMode = (typeof PROXY_MODES)[number];

export interface ProxiedRequest {
  /** From 1, in order of arrival. */
  readonly seq: number;
  readonly method: string;
  readonly path: string;
}

export interface ProxiedExchange extends ProxiedRequest {
  readonly mode: ProxyMode;
  /** What the server answered; null when it was not asked, or has not answered yet. */
  readonly upstreamStatus: number | null;
}

export type ProxyRule = (request: ProxiedRequest) => ProxyMode;

export interface Hold {
  /** Resolves once the request is held. The server has not seen it. */
  readonly held: Promise<ProxiedRequest>;
  release(): void;
}

export interface FaultProxyOptions {
  /** Base URL of the server; a path is put before each request's path. */
  readonly target: string;
  readonly rule?: ProxyRule;
}

export interface FaultProxy {
  readonly url: string;
  readonly exchanges: readonly ProxiedExchange[];
  /** Modes for the next requests, one each; they go before the rule. */
  enqueue(...modes: readonly ProxyMode[]): void;
  setRule(rule: ProxyRule): void;
  /** Holds the next request that `matching` accepts before it is forwarded. */
  hold(matching?: (request: ProxiedRequest) => boolean): Hold;
  close(): Promise<void>;
}

interface PendingHold {
  readonly matching: (request: ProxiedRequest) => boolean;
  readonly arrived: (request: ProxiedRequest) => void;
  readonly released: Promise<unknown>;
}

/** A proxy that forwards a request, lets the server act on it, and then loses the answer. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const queue: ProxyMode[] = [];
  const holds: PendingHold[] = [];
  const exchanges: ProxiedExchange[] = [];
  let rule: ProxyRule = options.rule ?? (() => 'pass');

  const server = createServer((incoming, response) => {
    const request: ProxiedRequest = {
      seq: exchanges.length + 1,
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
    };
    const mode = queue.shift() ?? rule(request);
    const record = (upstreamStatus: number | null): void => {
      exchanges[request.seq - 1] = { ...request, mode, upstreamStatus };
    };
    record(null);
    void pass().catch(() => incoming.socket.destroy());

    async function pass(): Promise<void> {
      const body = await readAll(incoming);
      await holdIfWanted(request);
      if (mode.endsWith('-before')) return loseAnswer(mode, { incoming, response, answer: null });
      const answer: UpstreamAnswer = await forward(options.target, incoming, body);
      record(answer.status);
      return loseAnswer(mode, { incoming, response, answer });
    }
  });

  async function holdIfWanted(request: ProxiedRequest): Promise<void> {
    const index = holds.findIndex(({ matching }) => matching(request));
    const [hold] = index === -1 ? [] : holds.splice(index, 1);
    hold?.arrived(request);
    await hold?.released;
  }

  const port = await listenOnLoopback(server, 0);
  return {
    url: `http://${LOOPBACK}:${port}`,
    exchanges,
    enqueue: (...modes) => {
      queue.push(...modes);
    },
    setRule: (next) => {
      rule = next;
    },
    hold: (matching = () => true) => {
      const arrival = deferred<ProxiedRequest>();
      const release = deferred<undefined>();
      holds.push({ matching, arrived: arrival.resolve, released: release.promise });
      return { held: arrival.promise, release: () => release.resolve(undefined) };
    },
    close: () => closeServer(server),
  };
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

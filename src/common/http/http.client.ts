import { type OnModuleDestroy } from '@nestjs/common';
import { type Agent } from 'node:http';
import { finished } from 'node:stream/promises';
import { type Clock } from '../clock/index.js';
import { type AddressGuard } from './address.guard.js';
import { type RawAnswer, unpackAnswer } from './answer.reader.js';
import { type EncodedBody } from './body.encoder.js';
import { answerEvidence, requestEvidence } from './evidence.js';
import { exchange } from './exchange.js';
import { createAgent } from './guarded.agent.js';
import { HttpTransportError } from './http.errors.js';
import { type HttpAnswer, type OutboundRequest } from './http.types.js';
import { gateSend, outboundScopes, type SendGate } from './outbound-scope.js';
import { nextHop } from './redirects.js';
import { buildRequest, type BuiltRequest } from './request.builder.js';

const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

export interface HttpClientSetup {
  readonly guard: AddressGuard;
  readonly clock: Clock;
  /** Authorities to trust instead of the usual ones; for tests. */
  readonly ca?: string;
  /** What carries one request to the other side and brings its answer; sockets, unless a simulation has a network of its own. */
  readonly exchange?: typeof exchange;
}

/**
 * The only way to the outside by HTTP. One call is one request: no retries, no sleeping, no decisions. Every status is
 * an answer. It honours the OutboundScope that it is called in.
 */
export class HttpClient implements OnModuleDestroy {
  private readonly pools: ReadonlyMap<string, Agent>;

  private readonly exchange: typeof exchange;

  constructor(private readonly setup: HttpClientSetup) {
    this.exchange = setup.exchange ?? exchange;
    this.pools = new Map([
      ['http:', createAgent(false, 'reuse', setup)],
      ['https:', createAgent(true, 'reuse', setup)],
    ]);
  }

  onModuleDestroy(): void {
    for (const pool of this.pools.values()) pool.destroy();
  }

  /**
   * @throws HttpTransportError when there is no answer: `before_send` only when certainly nothing was sent.
   * @throws NeverSentError when the gate of a commit was closed; whatever its `beforeSend` rejects with.
   */
  async send(request: OutboundRequest): Promise<HttpAnswer> {
    const scope = outboundScopes.current();
    try {
      const built = buildRequest(request);
      const gate = await this.pass(request, built);
      const answer = await this.transfer(request, built, gate);
      scope?.onAnswer?.(answerEvidence(answer, this.setup.clock.now(), request.redact));
      return answer;
    } catch (error) {
      if (error instanceof HttpTransportError) scope?.onFailure?.(error);
      throw error;
    }
  }

  private async pass(request: OutboundRequest, built: BuiltRequest): Promise<SendGate> {
    if (outboundScopes.current()?.kind === 'commit' && built.body.sha256 === null) {
      throw new HttpTransportError({
        phase: 'before_send',
        reason: 'request_refused',
        message: 'a commit sends bytes that are known before, not a stream of unknown ones',
      });
    }
    await assertReadable(built.body);
    return gateSend(requestEvidence(built, request.redact), this.setup.clock);
  }

  private async transfer(request: OutboundRequest, built: BuiltRequest, gate: SendGate): Promise<HttpAnswer> {
    const timer = new AbortController();
    const timeoutMs = Math.min(
      request.timeoutMs ?? gate.deadlineMs ?? TIMEOUT_MS,
      gate.deadlineMs ?? Infinity,
    );
    const timeout = setTimeout(() => {
      timer.abort();
    }, timeoutMs);
    try {
      return await this.follow(request, built, { gate, timeUp: timer.signal });
    } finally {
      clearTimeout(timeout);
    }
  }

  private async follow(request: OutboundRequest, first: BuiltRequest, limits: Limits): Promise<HttpAnswer> {
    const maxAnswerBytes = request.maxAnswerBytes ?? MAX_ANSWER_BYTES;
    const allowed = limits.gate.commit ? 0 : (request.allowRedirects ?? 0);
    let built = first;
    for (let hops = 0; ; hops++) {
      const raw = await this.exchangeOnce(request, built, { ...limits, hops, maxAnswerBytes });
      const next = hops < allowed ? nextHop(built, raw, request.hosts) : null;
      if (next === null) return unpackAnswer(raw, built.url.href, maxAnswerBytes);
      built = next;
    }
  }

  private async exchangeOnce(
    request: OutboundRequest,
    built: BuiltRequest,
    { hops, ...limits }: Limits & { hops: number; maxAnswerBytes: number },
  ): Promise<RawAnswer> {
    const { agent, release } = this.agentFor(request, built, limits.gate);
    try {
      return await this.exchange({ ...limits, built, agent });
    } catch (error) {
      throw hops > 0 && error instanceof HttpTransportError ? sentBefore(error) : error;
    } finally {
      release();
    }
  }

  private agentFor(request: OutboundRequest, built: BuiltRequest, gate: SendGate): LentAgent {
    const reading = built.method === 'GET' || built.method === 'HEAD';
    const fresh = gate.commit || (request.freshConnection ?? !reading);
    const pool = this.pools.get(built.url.protocol);
    if (!fresh && pool !== undefined) return { agent: pool, release: () => undefined };
    const opening = new AbortController();
    const agent = createAgent(built.url.protocol === 'https:', 'once', {
      ...this.setup,
      signal: opening.signal,
    });
    const release = (): void => {
      opening.abort();
      agent.destroy();
    };
    return { agent, release };
  }
}

interface LentAgent {
  readonly agent: Agent;
  /** To be called when the exchange has ended. */
  readonly release: () => void;
}

interface Limits {
  readonly gate: SendGate;
  readonly timeUp: AbortSignal;
}

/** A file that is not there is told before anything is recorded or sent: in the middle of a call nothing could be proven. */
async function assertReadable({ segments }: EncodedBody): Promise<void> {
  for (const segment of segments) {
    if (Buffer.isBuffer(segment) || segment.bytes === 0) continue;
    try {
      await finished((await segment.open({ first: 0, last: 0 })).resume());
    } catch (cause) {
      const message = 'a file of the body cannot be read';
      throw new HttpTransportError({ phase: 'before_send', reason: 'body_failed', message, cause });
    }
  }
}

/** Behind a redirect the first request was sent, whatever happened to the next. */
function sentBefore(error: HttpTransportError): HttpTransportError {
  const { reason, message, cause, status } = error;
  return new HttpTransportError({
    phase: 'after_send',
    reason,
    message,
    cause,
    ...(status === null ? {} : { status }),
  });
}

import type { exchange } from '../../../src/common/http/exchange.js';
import { HttpTransportError } from '../../../src/common/http/http.errors.js';
import type { RawAnswer } from '../../../src/common/http/answer.reader.js';
import type { World } from '../world/world.js';
import type { VisibleRequest } from './model.platforms.js';
import type { Sent } from '../checks/checks.js';

type Exchange = Parameters<typeof exchange>[0];

/** What becomes of a request that would make something visible. */
export type Fate =
  | 'ok'
  | 'slow'
  | 'no-connection'
  | 'lost-request'
  | 'lost-answer'
  | 'hangs-acted'
  | 'hangs'
  | 'refused'
  | 'limited'
  | 'unauthorized'
  | 'broken'
  | 'broken-acted';

export type Rough = Readonly<Partial<Record<Fate, number>>>;

/** Fates after which the platform shows the post. */
const acts: readonly Fate[] = ['ok', 'slow', 'lost-answer', 'hangs-acted', 'broken-acted'];
const statuses: Readonly<Partial<Record<Fate, number>>> = {
  ok: 200,
  slow: 200,
  refused: 400,
  limited: 429,
  unauthorized: 401,
  broken: 503,
  'broken-acted': 503,
};

interface Served {
  readonly status: number;
  readonly body: unknown;
  /** Milliseconds until the answer is here; null: never. */
  readonly inMs: number | null;
  readonly reset: boolean;
}

/** Carries requests between the simulated processes and the model platforms, in place of sockets. */
export class Network {
  constructor(private readonly world: World) {}

  /** As src/common/http/exchange.ts: the last look at the gate and the first byte are one turn. */
  async exchange({ built, gate, timeUp }: Exchange): Promise<RawAnswer> {
    const { world } = this;
    const visible = this.visibleOf(built);
    const fate = visible === null ? this.fateOfRead() : world.faults.fateOf(visible.mark);
    const stop = AbortSignal.any([gate.signal, timeUp]);
    await world.scheduler.step({
      kind: 'network',
      label: `connect ${built.method} ${built.url.pathname}`,
      at: world.now + world.random.between(1, 50),
      signal: stop,
      onAbort: () => failure('before_send', 'aborted'),
    });
    if (stop.aborted) throw failure('before_send', 'aborted');
    if (fate === 'no-connection') throw failure('before_send', 'refused');
    gate.assertOpen();
    if (visible === null) return this.answer(this.read(built.url, fate), built.url.pathname, stop, timeUp);
    const { served, sent } = this.make(built.url, visible, fate);
    const answer = await this.answer(served, built.url.pathname, stop, timeUp);
    sent.answered = true;
    return answer;
  }

  private async answer(
    { status, body, inMs, reset }: Served,
    label: string,
    stop: AbortSignal,
    timeUp: AbortSignal,
  ): Promise<RawAnswer> {
    const { world } = this;
    await world.scheduler.step({
      kind: 'network',
      label: `answer ${label}`,
      at: inMs === null ? Number.MAX_SAFE_INTEGER : world.now + inMs,
      signal: stop,
      onAbort: () => failure('after_send', timeUp.aborted ? 'timeout' : 'aborted'),
    });
    if (reset) throw failure('after_send', 'reset');
    return {
      status,
      headers: { 'content-type': 'application/json', ...(status === 429 ? { 'retry-after': '30' } : {}) },
      bytes: Buffer.from(JSON.stringify(body)),
    };
  }

  private visibleOf({ method, url, body }: Exchange['built']): VisibleRequest | null {
    if (method !== 'POST' || !/[/](posts|publish)$/.test(url.pathname)) return null;
    const bytes = body.segments.filter((segment) => Buffer.isBuffer(segment));
    return JSON.parse(Buffer.concat(bytes).toString('utf8')) as VisibleRequest;
  }

  private make(url: URL, request: VisibleRequest, fate: Fate): { served: Served; sent: Sent } {
    const { world } = this;
    const [, platform = '', folder = '', id = ''] = url.pathname.split('/');
    const { sent, deadlineAt } = world.checks.sent(request, platform);
    const quick = world.random.between(20, 900);
    // The protocol's assumption: what the platform takes in, it takes in until 15 s after the call's deadline.
    const late = fate === 'slow' || fate === 'hangs-acted' || (fate !== 'ok' && world.random.chance(0.3));
    const latest = deadlineAt + 14_900;
    const actedAt = late ? this.lateMoment(world.now + quick, latest) : world.now + quick;
    const status = statuses[fate] ?? 0;
    let body: unknown = { error: fate };
    if (acts.includes(fate)) {
      const entry =
        folder === 'containers'
          ? world.platforms.publishContainer(id, request, actedAt)
          : world.platforms.act(platform, request, actedAt);
      if (status === 200) body = { id: entry.id };
    }
    const reset = fate === 'lost-request' || fate === 'lost-answer';
    const never = fate === 'hangs' || fate === 'hangs-acted';
    const inMs = never ? null : Math.max(quick, actedAt - world.now) + (reset ? 1 : 20);
    return { sent, served: { status, body, reset, inMs } };
  }

  /** Early, late, or at the very end of what is assumed: the ends are where mistakes show. */
  private lateMoment(first: number, latest: number): number {
    return this.world.random.chance(0.4) ? latest : this.world.random.between(first, latest);
  }

  private fateOfRead(): Fate {
    return this.world.faults.fateOfRead();
  }

  private read(url: URL, fate: Fate): Served {
    const { world } = this;
    const inMs = world.random.between(20, 900);
    if (fate === 'hangs') return { status: 0, body: null, reset: false, inMs: null };
    if (fate === 'lost-answer') return { status: 0, body: null, reset: true, inMs };
    const status = statuses[fate] ?? 200;
    if (status !== 200) return { status, body: { error: fate }, reset: false, inMs };
    return { status, body: this.shown(url), reset: false, inMs };
  }

  private shown(url: URL): unknown {
    const { platforms, now, random } = this.world;
    const [, platform = '', folder = '', id] = url.pathname.split('/');
    if (folder === 'posts') {
      const account = url.searchParams.get('account') ?? '';
      const found = platforms.list(platform, account, now).map((entry) => ({
        id: entry.id,
        text: entry.text,
        replyTo: entry.replyTo,
        at: entry.actedAt,
      }));
      return { complete: !random.chance(0.05), posts: found };
    }
    if (folder === 'keys') return { id: platforms.byKey(platform, id ?? '', now)?.id ?? null };
    if (id === undefined) return { id: platforms.makeContainer(platform, now).id };
    const container = platforms.container(id);
    const published = container.entry !== null && container.entry.visibleAt <= now;
    return {
      ready: container.readyAt <= now,
      postId: published ? (container.entry?.id ?? null) : null,
    };
  }
}

function failure(
  phase: 'before_send' | 'after_send',
  reason: HttpTransportError['reason'],
): HttpTransportError {
  return new HttpTransportError({ phase, reason, message: `the simulated network: ${reason}` });
}

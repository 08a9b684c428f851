import { ManualClock } from '../../common/clock/index.js';
import {
  AddressGuard,
  HttpAnswer,
  HttpClient,
  type OutboundRequest,
  sourceOf,
} from '../../common/http/index.js';
import type { AccountRef, Credentials } from './account.js';
import type {
  CommitOptions,
  CommitResult,
  PublishContext,
  PublishResult,
  PublishWarning,
  ReconcileContext,
  WaitResult,
} from './context.js';
import type { JsonValue } from './json.js';
import { recordAt } from './json.reader.js';
import type { TargetContent } from './content.js';

/** What the specs of publishers share: a platform that answers as told, and the engine's promise in memory. */

export const clock = new ManualClock('2026-05-01T10:00:00.000Z');

export interface Seen {
  /** As the rig names its calls. */
  readonly name: string;
  readonly request: OutboundRequest;
  readonly url: URL;
  /** Key of the commit that the call was made in. */
  readonly commit: string | null;
}

export type Reply = { readonly status?: number; readonly body: unknown };
/** By the name of the call. */
export type Replies = Readonly<Record<string, (seen: Seen) => Reply>>;

/** Answers by the name of the call; records what was asked, and in which commit. */
export class FakePlatform extends HttpClient {
  readonly seen: Seen[] = [];
  commit: string | null = null;

  constructor(
    private readonly replies: Replies,
    private readonly rules: {
      readonly nameOf: (request: OutboundRequest, url: URL) => string;
      /** To a call that nobody expects. */
      readonly otherwise: Reply;
    },
  ) {
    super({ guard: new AddressGuard(), clock });
  }

  override async send(request: OutboundRequest): Promise<HttpAnswer> {
    const url = new URL(request.url);
    const name = this.rules.nameOf(request, url);
    const seen = { name, request, url, commit: this.commit };
    this.seen.push(seen);
    const { status = 200, body } = this.replies[name]?.(seen) ?? this.rules.otherwise;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new HttpAnswer(status, {}, Buffer.from(text), request.url);
  }

  named(name: string): Seen[] {
    return this.seen.filter((seen) => seen.name === name);
  }
}

/** The run ends here and is taken up again later. */
export class Suspended extends Error {}

/** Remembers over runs what has ended. */
export class Ledger {
  readonly steps = new Map<string, JsonValue>();
  readonly commits = new Map<string, CommitResult>();
  /** Of each commit that was asked for. */
  readonly options: (CommitOptions | undefined)[] = [];
  readonly warnings: PublishWarning[] = [];
  /** Posts that other publications own. */
  readonly taken = new Set<string>();

  constructor(
    private readonly http: FakePlatform,
    private readonly run: {
      readonly content: TargetContent;
      readonly account: AccountRef;
      readonly credentials: Credentials;
    },
  ) {}

  context(): PublishContext & ReconcileContext {
    const { content, account, credentials } = this.run;
    return {
      publicationId: 'p1',
      account,
      content,
      contentRevision: 1,
      signal: new AbortController().signal,
      credentials: async () => credentials,
      media: (item) => ({ ...sourceOf(Buffer.from(item.sha256)), sha256: item.sha256 }),
      mediaUrl: () => Promise.reject(new Error('bytes are sent')),
      step: async <T extends JsonValue>(key: string, fn: () => Promise<T>) => this.remember(key, fn),
      waitFor: async <T extends JsonValue>(key: string, look: () => Promise<WaitResult<T>>) =>
        this.remember(key, async () => {
          const result = await look();
          if (!result.ready) throw new Suspended(key);
          return result.value;
        }),
      commit: (key, fn, options) => this.commit(key, fn, options),
      commitKey: (key) => `p1:1:${key}`,
      warn: (warning) => void this.warnings.push(warning),
      mayDrop: () => false,
      isDropped: () => false,
      drop: () => Promise.reject(new Error('nothing may be left out')),
      remembered: async (key) => this.steps.get(key),
      committed: async (key) => this.commits.get(key),
      isTaken: async (id) => this.taken.has(id),
    };
  }

  private async remember<T extends JsonValue>(key: string, fn: () => Promise<T>): Promise<T> {
    if (!this.steps.has(key)) this.steps.set(key, stored(await fn()));
    return this.steps.get(key) as T;
  }

  private async commit(
    key: string,
    fn: () => Promise<CommitResult>,
    options?: CommitOptions,
  ): Promise<CommitResult> {
    this.options.push(options);
    const known = this.commits.get(key);
    if (known !== undefined) return known;
    this.http.commit = key;
    try {
      const result = await fn();
      this.commits.set(key, result);
      return result;
    } finally {
      this.http.commit = null;
    }
  }
}

/** As the database gives JSON back: the same data, the keys in another order. */
export function stored(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) => {
    const record = recordAt(inner);
    return record === null ? inner : Object.fromEntries(Object.entries(record).sort());
  }) as JsonValue;
}

export async function runToEnd(
  publisher: { publish(ctx: PublishContext): Promise<PublishResult> },
  ledger: Ledger,
): Promise<PublishResult> {
  for (let run = 0; run < 20; run += 1) {
    try {
      return await publisher.publish(ledger.context());
    } catch (error) {
      if (!(error instanceof Suspended)) throw error;
    }
  }
  throw new Error('never ended');
}

export function bodyOf(seen: Seen | undefined): unknown {
  return seen?.request.body?.kind === 'json' ? seen.request.body.value : undefined;
}

export function post(change: Partial<TargetContent> = {}): TargetContent {
  return { text: 'Hello', link: null, media: [], thread: [], settings: {}, ...change };
}

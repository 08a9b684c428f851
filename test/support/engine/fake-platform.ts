import { Module } from '@nestjs/common';
import { HttpClient, HttpModule } from '../../../src/common/http/index.js';
import {
  type AccountCheck,
  type AccountRef,
  BaseConnector,
  BasePublisher,
  type CircuitPolicy,
  type CommitResult,
  type ConnectableAccount,
  type ConnectDescriptor,
  type FailureKind,
  type LimitReading,
  type OpenCommit,
  type Pacing,
  type PlatformCapabilities,
  PlatformConnector,
  type PlatformDescriptor,
  PlatformPublisher,
  PublishError,
  type PublishContext,
  type PublishResult,
  type ReadContext,
  type ReconcileContext,
  type ReconcilePolicy,
  type ReconcileResult,
  type SeenAnswer,
  type TargetContent,
} from '../../../src/platforms/core/index.js';
import { FakeServer, type FakeEntry } from './fake-server.js';

/** What a test may change about the fake platform while it runs. */
export class FakeBehaviour {
  reconcile: ReconcilePolicy = {
    settleMs: 60_000,
    absentAfterLooks: 2,
    holdsKey: false,
    clockToleranceMs: 5_000,
  };
  /** Milliseconds; longer where a test holds a call while it does other things. */
  callDeadlineMs = 2_000;
  /** None are taken unless a test says so. */
  media: PlatformCapabilities['media'] = { limits: [], maxItems: 0, mixes: [] };
  /** Milliseconds; null: no idempotency key. */
  repeatSafeForMs: number | null = null;
  commitsAreIndependent = false;
  /** Null: as fast as it answers. */
  pacing: Pacing | null = null;
  /** By default no outage that a test causes stops another test. */
  circuit: CircuitPolicy = { outages: 1_000, windowMs: 60_000 };
  /** Whether there is a harmless read. */
  pings = false;
  /** What the platform says of its limits when it is asked; null: it cannot be asked. */
  quota: ((ctx: ReadContext) => Promise<readonly LimitReading[]>) | null = null;
  /** The server of an account: by default all are on one. */
  serverOf: (account: AccountRef) => string = () => '';
  /** Runs in place of the standard publisher. */
  publish: ((ctx: PublishContext, client: FakeClient) => Promise<PublishResult>) | null = null;
  look: ((ctx: ReconcileContext, commit: OpenCommit) => Promise<ReconcileResult>) | null = null;
}

/** One method, one call. */
export class FakeClient {
  constructor(
    private readonly http: HttpClient,
    readonly server: FakeServer,
  ) {}

  async create(account: string, text: string, key: string | null = null): Promise<CommitResult> {
    const answer = await this.http.send({
      method: 'POST',
      url: `${this.server.url}/post`,
      body: { kind: 'json', value: { account, text, key } },
    });
    if (answer.status === 200) {
      const entry = answer.json() as FakeEntry;
      return { platformPostId: entry.id, permalink: `https://fake.example/${entry.id}` };
    }
    throw fakeError(answer.status, answer.headers['retry-after']);
  }

  async ping(): Promise<void> {
    const answer = await this.http.send({ method: 'GET', url: `${this.server.url}/ping` });
    if (answer.status !== 200) throw fakeError(answer.status, undefined);
  }

  async list(account: string): Promise<FakeEntry[]> {
    const answer = await this.http.send({
      method: 'GET',
      url: `${this.server.url}/posts?account=${account}`,
    });
    if (answer.status !== 200) throw fakeError(answer.status, undefined);
    return answer.json() as FakeEntry[];
  }
}

function fakeError(status: number, retryAfter: string | undefined): PublishError {
  return new PublishError({
    kind: kindOf(status),
    code: `fake.status_${status}`,
    message: `The fake platform said ${status}.`,
    remedy: 'None.',
    retryAfterMs: retryAfter === undefined ? undefined : Number(retryAfter) * 1000,
    outage: status >= 500,
  });
}

function kindOf(status: number): FailureKind {
  switch (status) {
    case 400:
      return 'content_refused';
    case 401:
      return 'auth_expired';
    case 429:
      return 'rate_limited';
    default:
      return 'transient';
  }
}

@PlatformPublisher('fake')
export class FakePublisher extends BasePublisher {
  readonly client: FakeClient;

  constructor(
    http: HttpClient,
    readonly server: FakeServer,
    readonly behaviour: FakeBehaviour,
  ) {
    super();
    this.client = new FakeClient(http, server);
    // What a platform may have or not, a test may give and take away.
    Object.defineProperties(this, {
      ping: { get: () => (behaviour.pings ? () => this.client.ping() : undefined) },
      readQuota: { get: () => behaviour.quota ?? undefined },
    });
  }

  get descriptor(): PlatformDescriptor {
    return {
      key: 'fake',
      name: 'Fake',
      capabilities: this.capabilities(),
      settings: { type: 'object', properties: {}, additionalProperties: false },
    };
  }

  override get commitsAreIndependent(): boolean {
    return this.behaviour.commitsAreIndependent;
  }

  override commitCount({ thread }: TargetContent): number | null {
    return this.behaviour.publish === null ? 1 + thread.length : null;
  }

  async publish(ctx: PublishContext): Promise<PublishResult> {
    if (this.behaviour.publish !== null) return this.behaviour.publish(ctx, this.client);
    await ctx.credentials();
    let first: CommitResult | null = null;
    for (const [index, text] of [
      ctx.content.text,
      ...ctx.content.thread.map((part) => part.text),
    ].entries()) {
      const key = this.behaviour.repeatSafeForMs === null ? null : ctx.commitKey(`part:${index}`);
      const options =
        this.behaviour.repeatSafeForMs === null ? {} : { repeatSafeForMs: this.behaviour.repeatSafeForMs };
      const result = await ctx.commit(
        `part:${index}`,
        () => this.client.create(ctx.account.externalId, text, key),
        options,
      );
      first ??= result;
    }
    if (first === null) throw new Error('nothing to say');
    return first;
  }

  async reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult> {
    if (this.behaviour.look !== null) return this.behaviour.look(ctx, commit);
    const part = Number(commit.key.split(':')[1]);
    const text = part === 0 ? ctx.content.text : ctx.content.thread[part - 1]?.text;
    for (const entry of await this.client.list(ctx.account.externalId)) {
      if (entry.text !== text || (await ctx.isTaken(entry.id))) continue;
      const result = { platformPostId: entry.id, permalink: `https://fake.example/${entry.id}` };
      return { verdict: 'found', result, evidence: { by: 'text' } };
    }
    return { verdict: 'absent', evidence: { read: 'all' } };
  }

  override serverOf(account: AccountRef): string {
    return this.behaviour.serverOf(account);
  }

  /** `x-ratelimit-remaining`, with the seconds until it is full again in `x-ratelimit-reset`. */
  override readLimits({ headers, receivedAt }: SeenAnswer): readonly LimitReading[] {
    const remaining = headers['x-ratelimit-remaining'];
    if (remaining === undefined) return [];
    const resetAt = new Date(receivedAt.getTime() + Number(headers['x-ratelimit-reset']) * 1_000);
    return [{ limit: 'posts', remaining: Number(remaining), resetAt, certain: true }];
  }

  private capabilities(): PlatformCapabilities {
    return {
      text: { limits: [{ max: 500, unit: 'graphemes' }], optionalWithMedia: true },
      link: 'in_text',
      media: this.behaviour.media,
      maxThreadParts: 10,
      callDeadlineMs: this.behaviour.callDeadlineMs,
      reconcile: this.behaviour.reconcile,
      circuit: this.behaviour.circuit,
      ...(this.behaviour.pacing === null ? {} : { pacing: this.behaviour.pacing }),
      canDelete: false,
    };
  }
}

@PlatformConnector('fake')
export class FakeConnector extends BaseConnector {
  readonly descriptor: ConnectDescriptor = {
    method: 'token_form',
    fields: [
      { name: 'name', label: 'Name', type: 'text', required: true, secret: false, help: 'Any.' },
      { name: 'token', label: 'Token', type: 'password', required: true, secret: true, help: 'Any.' },
    ],
  };
  refreshes = 0;

  override completeForm(values: Readonly<Record<string, string>>): Promise<readonly ConnectableAccount[]> {
    const name = values['name'] ?? '';
    return Promise.resolve([
      {
        externalId: name,
        displayName: name,
        handle: `@${name}`,
        avatarUrl: null,
        metadata: {},
        credentials: { token: values['token'] ?? '' },
        expiresAt: null,
      },
    ]);
  }

  check(): Promise<AccountCheck> {
    return Promise.resolve({ displayName: 'fake', handle: null, avatarUrl: null, metadata: {} });
  }

  override refresh(): Promise<{ credentials: Record<string, string>; expiresAt: null }> {
    this.refreshes += 1;
    return Promise.resolve({ credentials: { token: `renewed-${this.refreshes}` }, expiresAt: null });
  }
}

@Module({
  imports: [HttpModule],
  providers: [FakePublisher, FakeConnector, FakeBehaviour, FakeServer],
  exports: [FakePublisher, FakeConnector, FakeBehaviour, FakeServer],
})
export class FakePlatformModule {}

import type { INestApplicationContext, LoggerService, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { Clock, ClockModule, ManualClock } from '../../../src/common/clock/index.js';
import { ConfigModule, type PlatformConfigSpec } from '../../../src/common/config/index.js';
import { CryptoModule } from '../../../src/common/crypto/index.js';
import { DatabaseModule, UnitOfWork } from '../../../src/common/database/index.js';
import { EventRelay, eventEntities, EventsModule } from '../../../src/common/events/index.js';
import { ConflictError } from '../../../src/common/errors/index.js';
import { HttpModule } from '../../../src/common/http/index.js';
import { newId } from '../../../src/common/ids/index.js';
import { LoggingModule } from '../../../src/common/logging/index.js';
import { JobDispatcher, ManualJobQueue, QueueModule } from '../../../src/common/queue/index.js';
import {
  accountsEntities,
  AccountsModule,
  ConnectService,
  WorkspaceService,
} from '../../../src/modules/accounts/index.js';
import {
  contentEntities,
  ContentModule,
  defaultPolicy,
  type MediaRef,
  PostsService,
  type PostPolicy,
  type TargetPolicy,
} from '../../../src/modules/content/index.js';
import { mediaEntities, mediaJobs, MediaModule } from '../../../src/modules/media/index.js';
import {
  publishingEntities,
  publishingJobs,
  PublishingModule,
  DeadLetterReader,
  type DeadLetterView,
  type UnsuccessfulFilter,
  HoldService,
  type HoldSubject,
  type Judgement,
  PlanCommands,
  PlanReader,
  PlatformSwitching,
  type Switch,
  ExplainReader,
  type Reason,
  ResolveService,
  type RetryFilter,
  type RetryResult,
  RetryService,
  type PlanView,
} from '../../../src/modules/publishing/index.js';
import { WakeSweep } from '../../../src/modules/publishing/wake.sweep.js';
import {
  OccurrenceSweep,
  schedulingEntities,
  SchedulingModule,
} from '../../../src/modules/scheduling/index.js';
import { PlatformsCoreModule } from '../../../src/platforms/core/index.js';
import { createTestDatabase, type TestDatabase } from '../database.js';
import { FakeBehaviour, FakeConnector, FakePlatformModule } from './fake-platform.js';
import { FakeServer } from './fake-server.js';

/** Says only what went wrong, with its stack. */
class TestLogger implements LoggerService {
  log(): void {
    return;
  }

  warn(): void {
    return;
  }

  error(...parts: unknown[]): void {
    process.stderr.write(`${inspect(parts, { depth: 6 })}\n`);
  }
}

export interface NewPost {
  readonly text?: string;
  readonly thread?: readonly string[];
  /** Ids of files. */
  /** Ids of files, or with what may be done to them. */
  readonly media?: readonly (string | MediaRef)[];
  readonly accounts: readonly string[];
  /** Milliseconds from now. */
  readonly inMs?: number;
  readonly policy?: Partial<PostPolicy>;
  /** Of each target. */
  readonly targetPolicy?: Partial<TargetPolicy>;
}

/** What an engine publishes to. */
export interface EngineParts {
  readonly modules: readonly Type[];
  readonly platformSpecs: readonly PlatformConfigSpec[];
  readonly env: Readonly<Record<string, string>>;
}

const fakeParts: EngineParts = {
  modules: [FakePlatformModule],
  platformSpecs: [{ key: 'fake', hosts: [] }],
  env: {},
};

/** The modules of the engine on a database of their own, with a fake platform unless told otherwise, driven by hand. */
export class Engine {
  static readonly fakeParts = fakeParts;

  private constructor(
    readonly app: INestApplicationContext,
    readonly database: TestDatabase,
    readonly clock: ManualClock,
    readonly queue: ManualJobQueue,
    readonly workspaceId: string,
    private readonly parts: EngineParts,
    private readonly ownsDatabase: boolean,
  ) {}

  /** With the fake platform and more configuration. */
  static startWith(env: Readonly<Record<string, string>>): Promise<Engine> {
    return Engine.start(undefined, { ...fakeParts, env });
  }

  /** A second engine on the first one's database is another process's worth of workers. */
  static async start(shared?: Engine, parts = shared?.parts ?? fakeParts): Promise<Engine> {
    const database = shared?.database ?? (await createTestDatabase());
    const clock = shared?.clock ?? new ManualClock(new Date());
    const queue = shared?.queue ?? new ManualJobQueue(clock);
    const env = {
      DATABASE_URL: database.appUrl,
      FANFARE_ROLE: 'api',
      LOG_LEVEL: 'silent',
      FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      FANFARE_SIGNING_KEY: Buffer.alloc(32, 9).toString('base64'),
      FANFARE_ALLOW_ADDRESSES: '127.0.0.0/8',
      FANFARE_DATA_DIR: dataDirOf(database),
      ...parts.env,
    };
    const fake = shared !== undefined && hasFake(parts) ? shared : null;
    const testing = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot({ env, platformSpecs: parts.platformSpecs }),
        ClockModule,
        CryptoModule,
        LoggingModule,
        HttpModule,
        DatabaseModule.forRoot([
          ...eventEntities,
          ...accountsEntities,
          ...contentEntities,
          ...mediaEntities,
          ...schedulingEntities,
          ...publishingEntities,
        ]),
        EventsModule.forRoot({ running: false }),
        QueueModule.forRoot({ jobs: [...publishingJobs, ...mediaJobs], concurrency: 1, driver: queue }),
        PlatformsCoreModule,
        ...parts.modules,
        AccountsModule,
        ContentModule,
        MediaModule,
        SchedulingModule,
        PublishingModule,
      ],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .overrideProvider(FakeServer)
      .useValue(fake?.server ?? new FakeServer())
      .overrideProvider(FakeBehaviour)
      .useValue(fake?.behaviour ?? new FakeBehaviour())
      .setLogger(new TestLogger())
      .compile();
    const app = await testing.init();
    if (shared === undefined && hasFake(parts)) await app.get(FakeServer).start();
    const workspaceId = shared?.workspaceId ?? (await app.get(WorkspaceService).ensureFirst()).workspaceId;
    return new Engine(app, database, clock, queue, workspaceId, parts, shared === undefined);
  }

  async stop(): Promise<void> {
    await this.app.close();
    if (!this.ownsDatabase) return;
    if (hasFake(this.parts)) await this.server.stop();
    await this.database.drop();
    await rm(dataDirOf(this.database), { recursive: true, force: true });
  }

  get server(): FakeServer {
    return this.app.get(FakeServer);
  }

  get behaviour(): FakeBehaviour {
    return this.app.get(FakeBehaviour);
  }

  get connector(): FakeConnector {
    return this.app.get(FakeConnector);
  }

  get unitOfWork(): UnitOfWork {
    return this.app.get(UnitOfWork);
  }

  async connect(name: string): Promise<string> {
    const connect = this.app.get(ConnectService);
    const caller = { workspaceId: this.workspaceId, keyId: null };
    const { sessionId } = await connect.start(caller, 'fake', {});
    await connect.complete(caller, sessionId, { credentials: { name, token: 'secret' } });
    const done = await connect.select(caller, sessionId, [name]);
    const account = done.accounts?.[0];
    if (account === undefined) throw new Error('nothing was connected');
    return account.ref.id;
  }

  async post(input: NewPost): Promise<string> {
    const post = await this.unitOfWork.run(this.workspaceId, () =>
      this.app.get(PostsService).create({
        text: input.text ?? `Hello ${newId()}`,
        link: null,
        media: (input.media ?? []).map((file) =>
          typeof file === 'string' ? { id: file, altText: null } : file,
        ),
        thread: (input.thread ?? []).map((text) => ({ text, media: [] })),
        targets: input.accounts.map((accountId) => ({ accountId, policy: input.targetPolicy ?? null })),
        schedule: {
          scheduledFor: 'now',
          timezone: null,
          time: { ok: true, dueAt: new Date(this.clock.now().getTime() + (input.inMs ?? 0)), warnings: [] },
        },
        policy: { ...defaultPolicy, ...input.policy },
        externalId: null,
        metadata: {},
        labels: [],
      }),
    );
    return post.id;
  }

  /** As the API does it: one transaction over Content and Publishing. */
  async edit(postId: string, text: string): Promise<void> {
    await this.unitOfWork.run(this.workspaceId, async () => {
      const posts = this.app.get(PostsService);
      await posts.lock(postId);
      if (await this.app.get(PlanCommands).isGoingOut(postId)) throw new ConflictError('It is going out.');
      await posts.update(postId, { text }, null);
      await this.app.get(PlanCommands).contentChanged(postId);
    });
  }

  /** Delivers events and runs due jobs until nothing is left to do now. */
  async settle(): Promise<void> {
    for (;;) {
      await this.app.get(EventRelay).drain();
      if ((await this.queue.runDue(this.app.get(JobDispatcher))) === 0) return;
    }
  }

  /** Moves the clock of the process and of the database. */
  async advance(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.database.rows('UPDATE fanfare.clock_offset SET milliseconds = milliseconds + $1', [ms]);
  }

  /** What the running process does every few seconds. */
  async sweep(): Promise<void> {
    await this.app.get(OccurrenceSweep).sweepOnce();
    await this.app.get(EventRelay).drain();
    await this.app.get(WakeSweep).sweepOnce();
  }

  async plan(postId: string): Promise<PlanView> {
    const plan = await this.unitOfWork.run(this.workspaceId, () => this.app.get(PlanReader).latestOf(postId));
    if (plan === null) throw new Error(`post ${postId} has no plan`);
    return plan;
  }

  resolve(publicationId: string, judgement: Judgement): Promise<void> {
    return this.app.get(ResolveService).resolve(this.workspaceId, publicationId, judgement);
  }

  retry(publicationId: string): Promise<void> {
    return this.app.get(RetryService).retry(this.workspaceId, publicationId);
  }

  retryMany(filter: RetryFilter): Promise<RetryResult[]> {
    return this.app.get(RetryService).retryMany(this.workspaceId, filter);
  }

  deadLetters(filter: UnsuccessfulFilter): Promise<DeadLetterView[]> {
    return this.unitOfWork.run(this.workspaceId, () =>
      this.app.get(DeadLetterReader).list({ ...filter, limit: 100 }),
    );
  }

  /** A person has connected the account again. */
  async reviveAccount(accountId: string): Promise<void> {
    await this.database.rows(`UPDATE accounts SET state = 'connected' WHERE id = $1`, [accountId]);
  }

  hold(subject: HoldSubject): Promise<number> {
    return this.unitOfWork.run(this.workspaceId, () => this.app.get(HoldService).hold(subject, null));
  }

  resume(subject: HoldSubject): Promise<number> {
    return this.unitOfWork.run(this.workspaceId, () => this.app.get(HoldService).resume(subject));
  }

  switchPlatform(platform: string, enabled: boolean, how: Partial<Switch> = {}): Promise<void> {
    return this.unitOfWork.run(this.workspaceId, () =>
      this.app
        .get(PlatformSwitching)
        .switch(platform, { scope: 'workspace', enabled, whenDue: 'skip', ...how }),
    );
  }

  /** Why the post's only target has not gone out, the cause first. */
  async explain(postId: string): Promise<readonly Reason[]> {
    const targets = await this.unitOfWork.run(this.workspaceId, () =>
      this.app.get(ExplainReader).ofPost(postId),
    );
    return targets[0]?.reasons ?? [];
  }

  /** Rows as the superuser sees them. */
  rows(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.database.rows(statement, parameters);
  }
}

function hasFake({ modules }: EngineParts): boolean {
  return modules === fakeParts.modules;
}

function dataDirOf({ name }: TestDatabase): string {
  return path.join(tmpdir(), `fanfare-test-${name}`);
}

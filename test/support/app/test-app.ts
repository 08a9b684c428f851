import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { configureHttp, createHttpAdapter } from '../../../src/api/common/index.js';
import { buildDocument, serveDocument } from '../../../src/api/openapi/index.js';
import { Pause } from '../../../src/api/posts/index.js';
import { AppModule } from '../../../src/app.module.js';
import { Clock, ManualClock } from '../../../src/common/clock/index.js';
import { EventRelay } from '../../../src/common/events/index.js';
import { AppLogger } from '../../../src/common/logging/index.js';
import { JobDispatcher, ManualJobQueue } from '../../../src/common/queue/index.js';
import { newId } from '../../../src/common/ids/index.js';
import { ApiKeyService, type ApiKeyScope, WorkspaceService } from '../../../src/modules/accounts/index.js';
import { OccurrenceSweep } from '../../../src/modules/scheduling/index.js';
import { builtInPlatforms, type Platforms } from '../../../src/platforms/installed.js';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.js';
import { createTestDatabase, type TestDatabase } from '../database.js';
import { ApiClient } from '../kill/api-client.js';
import type { Answer } from './answer.js';
import { Documented } from './documented.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface CallOptions {
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another key; null: none. */
  readonly key?: string | null;
  /** True: the answer is not compared with the OpenAPI document. */
  readonly undocumented?: boolean;
}

/** The whole application on a database of its own, with the sandbox as its outside world, driven by hand. */
export class TestApp {
  private documentation: Documented | null = null;

  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly sandbox: Sandbox,
    readonly database: TestDatabase,
    readonly clock: ManualClock,
    readonly queue: ManualJobQueue,
    readonly key: string,
    readonly workspaceId: string,
    private readonly dataDir: string,
  ) {}

  /** @param own - configuration that takes the place of the sandbox's */
  static async start(
    own: Readonly<Record<string, string>> = {},
    platforms: Platforms = builtInPlatforms,
  ): Promise<TestApp> {
    const [database, sandbox] = await Promise.all([createTestDatabase(), startSandbox({ port: 0 })]);
    const dataDir = await mkdtemp(path.join(tmpdir(), 'fanfare-e2e-'));
    const clock = new ManualClock(new Date());
    const queue = new ManualJobQueue(clock);
    const env = { ...(await environmentOf(sandbox)), ...settings(database, dataDir), ...own };
    const drive: { now: (ms: number) => Promise<void> } = { now: () => Promise.resolve() };
    const testing = await Test.createTestingModule({
      imports: [AppModule.forRoot({ env, platforms, running: false, queueDriver: queue })],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .overrideProvider(Pause)
      .useValue({ for: (ms: number) => drive.now(ms) })
      .compile();
    const logger = AppLogger.create('silent');
    const app = testing.createNestApplication<NestFastifyApplication>(
      createHttpAdapter({ trustProxy: false }, logger),
    );
    app.useLogger(false);
    await configureHttp(app, logger);
    serveDocument(app);
    await app.listen(0, '127.0.0.1');
    const { workspaceId, apiKey } = await app.get(WorkspaceService, { strict: false }).ensureFirst();
    const url = await app.getUrl();
    const made = new TestApp(app, url, sandbox, database, clock, queue, apiKey ?? '', workspaceId, dataDir);
    // A request that waits lets the engine work meanwhile.
    drive.now = async (ms) => {
      clock.advance(ms);
      await made.settle();
    };
    return made;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.sandbox.close();
    await this.database.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** A call of the API below /api/v1; its answer is compared with the OpenAPI document. */
  async call(method: Method, route: string, options: CallOptions = {}): Promise<Answer> {
    const { body, headers = {}, key = this.key, undocumented = false } = options;
    const pending = request(this.url)[method](`/api/v1${route}`).set(headers);
    if (key !== null) pending.set('authorization', `Bearer ${key}`);
    const response = await (body === undefined ? pending : pending.send(body));
    if (!undocumented) this.expectDocumented(method, `/api/v1${route}`, response);
    return { status: response.status, headers: response.headers, text: response.text, body: response.body };
  }

  get documented(): Documented {
    this.documentation ??= new Documented(buildDocument(this.app));
    return this.documentation;
  }

  /** Connects the first account that the sandbox has on the platform, through the API; answers its `acc_` id. */
  connect(platform: string, key = this.key): Promise<string> {
    return new ApiClient(this.url, key).connect(platform, this.sandbox.control);
  }

  /** Another tenant's key, or another one of ours. */
  async newKey(
    scopes: readonly ApiKeyScope[] = ['read', 'write', 'admin'],
    workspaceId?: string,
  ): Promise<string> {
    const { secret } = await this.app
      .get(ApiKeyService, { strict: false })
      .create(
        { workspaceId: workspaceId ?? this.workspaceId, keyId: null },
        { name: 'test', scopes, expiresAt: null },
      );
    return secret;
  }

  async newWorkspace(): Promise<string> {
    const id = newId();
    await this.rows('INSERT INTO workspaces (id, name) VALUES ($1, $2)', [id, 'Another tenant']);
    return id;
  }

  /** Delivers events and runs due jobs until nothing is left to do now. */
  async settle(): Promise<void> {
    const relay = this.app.get(EventRelay, { strict: false });
    const dispatcher = this.app.get(JobDispatcher, { strict: false });
    do await relay.drain();
    while ((await this.queue.runDue(dispatcher)) > 0);
  }

  /** Moves the clocks of the process and of the database. */
  async advance(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.rows('UPDATE fanfare.clock_offset SET milliseconds = milliseconds + $1', [ms]);
  }

  async sweep(): Promise<void> {
    await this.app.get(OccurrenceSweep, { strict: false }).sweepOnce();
    await this.settle();
  }

  /** Rows as the superuser sees them. */
  rows(statement: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.database.rows(statement, parameters);
  }

  private expectDocumented(method: string, route: string, response: request.Response): void {
    const body: unknown = response.text === '' ? undefined : response.body;
    const wrong = this.documented.answer(method, route, response.status, body);
    if (wrong.length === 0) return;
    throw new Error(
      `${method} ${route} answered ${response.status} otherwise than documented:\n${wrong.join('\n')}\n${response.text}`,
    );
  }
}

function settings(database: TestDatabase, dataDir: string): Record<string, string> {
  return {
    DATABASE_URL: database.appUrl,
    FANFARE_ROLE: 'api',
    LOG_LEVEL: 'silent',
    FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    FANFARE_SIGNING_KEY: randomBytes(32).toString('base64'),
    FANFARE_ALLOW_ADDRESSES: '127.0.0.0/8,::1/128',
    FANFARE_DATA_DIR: dataDir,
  };
}

async function environmentOf(sandbox: Sandbox): Promise<Record<string, string>> {
  const answer = await fetch(`${sandbox.url}/_sandbox/env`, { headers: { accept: 'application/json' } });
  return (await answer.json()) as Record<string, string>;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ClockModule, ManualClock } from '../../../src/common/clock/index.js';
import { ConfigModule } from '../../../src/common/config/index.js';
import { CryptoModule } from '../../../src/common/crypto/index.js';
import { DatabaseModule, UnitOfWork } from '../../../src/common/database/index.js';
import { EventRelay, eventEntities, EventsModule } from '../../../src/common/events/index.js';
import { HttpModule } from '../../../src/common/http/index.js';
import { newId } from '../../../src/common/ids/index.js';
import { JobDispatcher, ManualJobQueue, QueueModule } from '../../../src/common/queue/index.js';
import { LoggingModule } from '../../../src/common/logging/index.js';
import { accountsEntities, AccountsModule } from '../../../src/modules/accounts/index.js';
import {
  contentEntities,
  ContentModule,
  type CreatePost,
  defaultPolicy,
  type Post,
  PostsService,
  type ScheduleInput,
} from '../../../src/modules/content/index.js';
import { mediaEntities, mediaJobs, MediaModule } from '../../../src/modules/media/index.js';
import { schedulingEntities, SchedulingModule } from '../../../src/modules/scheduling/index.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import type { Row } from '../../support/query.js';
import { TestPlatformsModule } from './content.platforms.js';

export type AccountState = 'connected' | 'expired' | 'disconnected';

/** Content, Media and Scheduling over Accounts, on a database of their own; events are delivered by hand. */
export class ContentFixture {
  private constructor(
    readonly app: INestApplicationContext,
    readonly database: TestDatabase,
    readonly dataDir: string,
    readonly queue: ManualJobQueue,
    private readonly owns: boolean,
  ) {}

  /** With another fixture: a second process on its database. */
  static async start(
    shared?: ContentFixture,
    more: Readonly<Record<string, string>> = {},
  ): Promise<ContentFixture> {
    const database = shared?.database ?? (await createTestDatabase());
    const dataDir = shared?.dataDir ?? mkdtempSync(path.join(tmpdir(), 'fanfare-test-media-'));
    const queue = shared?.queue ?? new ManualJobQueue(new ManualClock(new Date()));
    const env = {
      DATABASE_URL: database.appUrl,
      FANFARE_ROLE: 'api',
      LOG_LEVEL: 'silent',
      FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      FANFARE_SIGNING_KEY: Buffer.alloc(32, 8).toString('base64'),
      FANFARE_DATA_DIR: dataDir,
      ...more,
    };
    const testing = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot({ env }),
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
        ]),
        EventsModule.forRoot({ running: false }),
        QueueModule.forRoot({ jobs: mediaJobs, concurrency: 1, driver: queue }),
        TestPlatformsModule,
        AccountsModule,
        ContentModule,
        MediaModule,
        SchedulingModule,
      ],
    })
      .setLogger({ log: () => undefined, warn: () => undefined, error: () => undefined })
      .compile();
    const app = await testing.init();
    return new ContentFixture(app, database, dataDir, queue, shared === undefined);
  }

  async stop(): Promise<void> {
    await this.app.close();
    if (!this.owns) return;
    await this.database.drop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  get<T>(type: Type<T>): T {
    return this.app.get(type);
  }

  /** Rows as the superuser sees them. */
  rows(statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.database.rows(statement, parameters);
  }

  async workspace(): Promise<string> {
    const id = newId();
    await this.rows(`INSERT INTO workspaces (id, name) VALUES ($1, 'test')`, [id]);
    return id;
  }

  async account(workspaceId: string, platform: string, state: AccountState = 'connected'): Promise<string> {
    const id = newId();
    await this.rows(
      `INSERT INTO accounts (workspace_id, id, platform, external_id, state, display_name, handle, metadata, credentials_version)
       VALUES ($1, $2, $3, $4, $5, 'Anna', '@anna', '{}', 1)`,
      [workspaceId, id, platform, id, state],
    );
    return id;
  }

  /** Moves the database's clock. */
  async advance(ms: number): Promise<void> {
    await this.rows('UPDATE fanfare.clock_offset SET milliseconds = milliseconds + $1', [ms]);
  }

  async now(): Promise<Date> {
    const [row] = await this.rows('SELECT fanfare.now() AS now');
    if (!(row?.['now'] instanceof Date)) throw new Error('no time');
    return row['now'];
  }

  run<T>(workspaceId: string, fn: () => Promise<T>): Promise<T> {
    return this.get(UnitOfWork).run(workspaceId, fn);
  }

  create(workspaceId: string, input: Partial<CreatePost>): Promise<Post> {
    return this.run(workspaceId, () => this.get(PostsService).create(postInput(input)));
  }

  deliver(): Promise<void> {
    return this.get(EventRelay).drain();
  }

  /** Does what lies in the queue; answers how many jobs that were. */
  work(): Promise<number> {
    return this.queue.runDue(this.get(JobDispatcher));
  }

  /** Recorded events of a type, oldest first. */
  async events(workspaceId: string, type: string): Promise<unknown[]> {
    const rows = await this.rows(
      'SELECT data FROM outbox WHERE workspace_id = $1 AND type = $2 ORDER BY position',
      [workspaceId, type],
    );
    return rows.map((row) => row['data']);
  }
}

export function postInput(input: Partial<CreatePost>): CreatePost {
  return {
    text: 'Hello',
    link: null,
    media: [],
    thread: [],
    targets: [],
    schedule: null,
    policy: defaultPolicy,
    externalId: null,
    metadata: {},
    labels: [],
    ...input,
  };
}

export function at(dueAt: Date): ScheduleInput {
  return { scheduledFor: dueAt.toISOString(), timezone: null, time: { ok: true, dueAt, warnings: [] } };
}

export const minutes = (count: number): number => count * 60_000;

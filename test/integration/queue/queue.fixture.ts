import { Injectable, type LoggerService } from '@nestjs/common';
import { getQueueToken } from '@nestjs/bullmq';
import { Test, type TestingModule } from '@nestjs/testing';
import { type Job, Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { ConfigModule } from '../../../src/common/config/index.js';
import { DatabaseModule, UnitOfWork } from '../../../src/common/database/index.js';
import { newId } from '../../../src/common/ids/index.js';
import {
  type AddJobOptions,
  defineJob,
  JobQueue,
  ProcessesJob,
  QueueModule,
} from '../../../src/common/queue/index.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { query } from '../../support/query.js';
import { startTestRedis } from '../../support/redis.js';

export interface NotePayload {
  readonly text: string;
}

export const note = defineJob<NotePayload>('test-notes', 'note');
export const other = defineJob<NotePayload>('test-others', 'note');

/** What the jobs of all processes of a test have done, and what they shall do. */
@Injectable()
export class Notes {
  readonly ran: { text: string; at: number }[] = [];
  behaviour: (text: string, unitOfWork: UnitOfWork) => Promise<void> = () => Promise.resolve();

  get texts(): string[] {
    return this.ran.map(({ text }) => text);
  }
}

@Injectable()
export class NoteProcessor {
  constructor(
    private readonly notes: Notes,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @ProcessesJob(note)
  async note({ text }: NotePayload): Promise<void> {
    this.notes.ran.push({ text, at: Date.now() });
    await this.notes.behaviour(text, this.unitOfWork);
  }

  @ProcessesJob(other)
  async other(payload: NotePayload): Promise<void> {
    await this.note(payload);
  }
}

/** Where BullMQ keeps its jobs. */
export interface Store {
  readonly database: TestDatabase;
  readonly env: Readonly<Record<string, string>>;
  /** A worker of BullMQ itself, with shorter times than the engine's. */
  readonly connection: object;
  wipe(): Promise<void>;
  /** Cuts every connection that BullMQ has. */
  cut(): Promise<void>;
  stop(): Promise<void>;
}

export async function postgresStore(): Promise<Store> {
  const database = await createTestDatabase();
  const admin = (statement: string): Promise<unknown> => query(database.adminUrl, statement);
  const options = '-c role=fanfare_app';
  return {
    database,
    env: { DATABASE_URL: database.appUrl },
    connection: { connectionString: database.appUrl, options, application_name: 'fanfare-queue' },
    wipe: async () => {
      const tables = await query(
        database.adminUrl,
        `SELECT oid::regclass::text AS name FROM pg_class
          WHERE relnamespace = 'bullmq'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'migration'`,
      );
      await admin(`TRUNCATE ${tables.map(({ name }) => String(name)).join(', ')}`);
    },
    cut: async () => {
      await admin(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
    },
    stop: () => database.drop(),
  };
}

export async function redisStore(): Promise<Store> {
  const database = await createTestDatabase();
  const server = await startTestRedis();
  const command = async (name: string, ...words: string[]): Promise<void> => {
    const client = new Redis(server.url);
    await client.call(name, ...words);
    client.disconnect();
  };
  return {
    database,
    env: { DATABASE_URL: database.appUrl, REDIS_URL: server.url },
    connection: { url: server.url, maxRetriesPerRequest: null },
    wipe: () => command('FLUSHALL'),
    cut: () => command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'),
    stop: async () => {
      await server.stop();
      await database.drop();
    },
  };
}

/** Keeps what is logged. */
export class KeptLog implements LoggerService {
  readonly entries: unknown[] = [];

  log(): void {
    return;
  }

  warn(entry: unknown): void {
    this.entries.push(entry);
  }

  error(entry: unknown): void {
    this.entries.push(entry);
  }

  has(expected: object): boolean {
    return this.entries.some((entry) => {
      if (typeof entry !== 'object' || entry === null) return false;
      return Object.entries(expected).every(([key, value]) => Reflect.get(entry, key) === value);
    });
  }
}

export interface ProcessOptions {
  readonly role?: 'all' | 'api' | 'worker' | 'scheduler';
  readonly concurrency?: number;
  /** Where it writes; one of its own by default. */
  readonly log?: KeptLog;
}

/** What stands for one process: its own module tree, connections and workers. */
export class Process {
  private constructor(
    private readonly module: TestingModule,
    readonly log: KeptLog,
  ) {}

  static async start(
    store: Store,
    notes: Notes,
    { role = 'all', concurrency = 4, log = new KeptLog() }: ProcessOptions = {},
  ): Promise<Process> {
    const env = {
      ...store.env,
      FANFARE_ROLE: role,
      FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      FANFARE_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'),
    };
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot({ env }),
        // In the order in which they end badly when the queue does not see to it that its jobs end first.
        QueueModule.forRoot({ jobs: [note, other], concurrency }),
        DatabaseModule.forRoot([], { waits: true }),
      ],
      providers: [{ provide: Notes, useValue: notes }, NoteProcessor],
    })
      .setLogger(log)
      .compile();
    await module.init();
    return new Process(module, log);
  }

  /** Answers the job's id. */
  async add(text: string, options: Partial<AddJobOptions> = {}, job = note): Promise<string> {
    const id = options.id ?? newId();
    await this.queue.add(job, { text }, { ...options, id });
    return id;
  }

  get queue(): JobQueue {
    return this.module.get(JobQueue, { strict: false });
  }

  get bull(): Queue {
    return this.module.get<Queue>(getQueueToken(note.queue), { strict: false });
  }

  async job(id: string): Promise<Job> {
    const job = (await this.bull.getJob(id)) as Job | undefined;
    if (job === undefined) throw new Error(`there is no job ${id}`);
    return job;
  }

  stop(): Promise<void> {
    return this.module.close();
  }
}

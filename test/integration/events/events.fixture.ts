import { Injectable, type LoggerService, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ConfigModule } from '../../../src/common/config/index.js';
import { DatabaseModule, UnitOfWork } from '../../../src/common/database/index.js';
import {
  type DeliveredEvent,
  DomainEvent,
  EventRecorder,
  EventRelay,
  EventsModule,
  OnDomainEvent,
} from '../../../src/common/events/index.js';
import { newId } from '../../../src/common/ids/index.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import type { Row } from '../../support/query.js';

/** What is logged on failures is not what is tested. */
const silence: LoggerService = { log: () => undefined, warn: () => undefined, error: () => undefined };

export interface NotedData {
  readonly text: string;
}

/** With two listeners, `test.first` and `test.second`. */
export class Noted extends DomainEvent<NotedData> {
  static readonly type = 'test.noted';
  static readonly version = 2;
}

/** With the listener `test.alone`. */
export class Struck extends DomainEvent<NotedData> {
  static readonly type = 'test.struck';
  static readonly version = 1;
}

/** Nobody listens. */
export class Unheard extends DomainEvent<NotedData> {
  static readonly type = 'test.unheard';
  static readonly version = 1;
}

export interface Heard {
  readonly listener: string;
  readonly workspaceId: string;
  readonly seq: number;
  readonly text: string;
}

type Behaviour = (listener: string, event: DeliveredEvent<NotedData>) => Promise<void>;

/** What the listeners of all processes of a test have heard, and what they shall do. */
@Injectable()
export class Ears {
  readonly heard: Heard[] = [];
  behaviour: Behaviour = () => Promise.resolve();

  async hear(listener: string, event: DeliveredEvent<NotedData>): Promise<void> {
    const { workspaceId, seq, data } = event;
    this.heard.push({ listener, workspaceId, seq, text: data.text });
    await this.behaviour(listener, event);
  }

  by(listener: string): string[] {
    return this.heard.filter((each) => each.listener === listener).map(({ text }) => text);
  }
}

@Injectable()
export class FirstListener {
  constructor(private readonly ears: Ears) {}

  @OnDomainEvent(Noted, 'test.first')
  async hear(event: DeliveredEvent<NotedData>): Promise<void> {
    await this.ears.hear('first', event);
  }
}

@Injectable()
export class SecondListener {
  constructor(private readonly ears: Ears) {}

  @OnDomainEvent(Noted, 'test.second')
  async hear(event: DeliveredEvent<NotedData>): Promise<void> {
    await this.ears.hear('second', event);
  }
}

@Injectable()
export class AloneListener {
  constructor(private readonly ears: Ears) {}

  @OnDomainEvent(Struck, 'test.alone')
  async hear(event: DeliveredEvent<NotedData>): Promise<void> {
    await this.ears.hear('alone', event);
  }
}

export const ALL_LISTENERS = [FirstListener, SecondListener, AloneListener];

/** What stands for one process: its own module tree and connections. */
export class Process {
  private constructor(private readonly module: TestingModule) {}

  static async start(
    database: TestDatabase,
    ears: Ears,
    { listeners = ALL_LISTENERS, running = false, role = 'worker' }: ProcessOptions = {},
  ): Promise<Process> {
    const env = {
      DATABASE_URL: database.appUrl,
      FANFARE_ROLE: role,
      FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      FANFARE_SIGNING_KEY: Buffer.alloc(32, 2).toString('base64'),
    };
    const module = await Test.createTestingModule({
      imports: [ConfigModule.forRoot({ env }), DatabaseModule.forRoot([]), EventsModule.forRoot({ running })],
      providers: [{ provide: Ears, useValue: ears }, ...listeners],
    })
      .setLogger(silence)
      .compile();
    await module.init();
    return new Process(module);
  }

  get relay(): EventRelay {
    return this.module.get(EventRelay, { strict: false });
  }

  get recorder(): EventRecorder {
    return this.module.get(EventRecorder, { strict: false });
  }

  get unitOfWork(): UnitOfWork {
    return this.module.get(UnitOfWork, { strict: false });
  }

  get<T>(type: Type<T>): T {
    return this.module.get(type, { strict: false });
  }

  record(...events: DomainEvent[]): Promise<void> {
    const [first] = events;
    if (first === undefined) return Promise.resolve();
    return this.unitOfWork.run(first.workspaceId, async () => {
      for (const event of events) this.recorder.record(event);
    });
  }

  stop(): Promise<void> {
    return this.module.close();
  }
}

export interface ProcessOptions {
  readonly listeners?: readonly Type<object>[];
  readonly running?: boolean;
  readonly role?: 'api' | 'worker';
}

/** A database, one process driven by hand, and what its listeners have heard. */
export class EventsFixture {
  private readonly processes: Process[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly ears: Ears,
  ) {}

  static async start(): Promise<EventsFixture> {
    return new EventsFixture(await createTestDatabase(), new Ears());
  }

  async process(options?: ProcessOptions): Promise<Process> {
    const process = await Process.start(this.database, this.ears, options);
    this.processes.push(process);
    return process;
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    await this.database.drop();
  }

  async reset(): Promise<void> {
    await this.rows(`TRUNCATE outbox, deliveries, event_counters, dead_letters, brands CASCADE`);
    await this.rows(`UPDATE fanfare.clock_offset SET milliseconds = 0`);
    this.ears.heard.length = 0;
    this.ears.behaviour = () => Promise.resolve();
  }

  async workspace(): Promise<string> {
    const id = newId();
    await this.rows(`INSERT INTO workspaces (id, name) VALUES ($1, 'Test')`, [id]);
    return id;
  }

  async advance(seconds: number): Promise<void> {
    await this.rows('UPDATE fanfare.clock_offset SET milliseconds = milliseconds + $1', [seconds * 1000]);
  }

  /** What a superuser sees. */
  rows(statement: string, parameters?: unknown[]): Promise<Row[]> {
    return this.database.rows(statement, parameters);
  }

  /** Texts of the workspace's events by number, and null for those without one. */
  async feed(workspaceId: string): Promise<[number | null, string][]> {
    const rows = await this.rows(
      `SELECT seq::int AS seq, data->>'text' AS text FROM outbox WHERE workspace_id = $1 ORDER BY seq, position`,
      [workspaceId],
    );
    return rows.map(({ seq, text }) => [seq === null ? null : Number(seq), String(text)]);
  }

  async deliveries(): Promise<Row[]> {
    return this.rows(
      `SELECT listener, seq::int AS seq, state, attempts FROM deliveries ORDER BY workspace_id, seq, listener`,
    );
  }
}

/** A promise that is settled from outside. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

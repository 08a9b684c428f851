import { Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { parseConfig } from '../../src/common/config/config.parser.js';
import type { AppConfig } from '../../src/common/config/index.js';
import { dataSourceOptions } from '../../src/common/database/index.js';
import { eventEntities } from '../../src/common/events/index.js';
import { accountsEntities, ConnectService, WorkspaceService } from '../../src/modules/accounts/index.js';
import { contentEntities } from '../../src/modules/content/index.js';
import { mediaEntities } from '../../src/modules/media/index.js';
import { publishingEntities } from '../../src/modules/publishing/index.js';
import { schedulingEntities } from '../../src/modules/scheduling/index.js';
import { Violation } from './checks/violation.js';
import { Backends } from './database/backends.js';
import { DeadlockError } from './database/locks.js';
import { type DriverState, driverOf } from './database/simulated.driver.js';
import { SimulationDatabase } from './database/simulation.database.js';
import { realMonotonicMs } from './environment/globals.mjs';
import { platformKinds } from './platform/kinds.js';
import { type Plant, plants, type PlantName } from './plants.js';
import type { Place } from './scenario/commands.js';
import { type Feature, type Scenario, scenarioOf, without } from './scenario/scenario.js';
import { Schedule } from './scenario/schedule.js';
import { EngineProcess } from './world/engine.process.js';
import { SimulatedProcess } from './world/processes.js';
import type { Token } from './world/injector.js';
import { Random } from './world/random.js';
import { type Counts, World } from './world/world.js';

export interface DatabaseUrls {
  readonly app: string;
  readonly admin: string;
}

export interface SeedInput {
  readonly seed: number;
  readonly plant?: PlantName;
  readonly leftOut?: readonly Feature[];
}

export interface SeedResult {
  readonly seed: number;
  readonly hash: string;
  /** Null: every promise was kept. */
  readonly broken: { readonly invariant: string; readonly message: string } | null;
  readonly counts: Counts & { readonly waits: number };
  readonly fates: Readonly<Record<string, number>>;
  readonly outcomes: readonly string[];
  readonly milliseconds: number;
  readonly trace: readonly string[];
  readonly scenario: Scenario;
}

/** Days apart, so that nothing of one seed's time is known to another. */
const firstDay = Date.UTC(2026, 0, 1);

const entities = [
  ...eventEntities,
  ...accountsEntities,
  ...contentEntities,
  ...mediaEntities,
  ...schedulingEntities,
  ...publishingEntities,
];

/** Runs seeds one after the other on a database of its own. */
export class Simulator {
  private constructor(
    private readonly state: DriverState,
    private readonly database: SimulationDatabase,
    private readonly dataSource: DataSource,
    private readonly config: AppConfig,
    private readonly place: Place,
  ) {}

  static async open(urls: DatabaseUrls): Promise<Simulator> {
    Logger.overrideLogger(false);
    const backends = await Backends.open(urls);
    const state: DriverState = { backends, world: null, rewrite: null };
    const database = new SimulationDatabase(backends);
    await database.prepare();
    const dataSource = await new DataSource({
      ...dataSourceOptions({ url: urls.app, entities }),
      ...{ driver: driverOf(state) },
    }).initialize();
    const config = configOf(urls.app);
    await database.setClock(firstDay);
    const place = await setUp(dataSource, config);
    await database.remember();
    return new Simulator(state, database, dataSource, config, place);
  }

  async run({ seed, plant, leftOut = [] }: SeedInput): Promise<SeedResult> {
    const planted: Plant = plant === undefined ? {} : plants[plant];
    const scenario = without(scenarioOf(new Random(`scenario ${seed}`)), new Set(leftOut));
    await this.database.reset(firstDay);
    const began = realMonotonicMs();
    const { backends } = this.state;
    const world = new World({
      seed,
      startMs: firstDay,
      scenario,
      backends,
      database: this.database,
      around: {
        config: this.config,
        dataSource: this.dataSource,
        replaced: planted.replaced ?? new Map<Token, Token>(),
      },
      ...(planted.network === undefined ? {} : { makeNetwork: planted.network }),
    });
    this.state.world = world;
    this.state.rewrite = planted.rewrite ?? null;
    try {
      const broken = await brokenBy(() => new Schedule(world, scenario, this.place).run());
      return {
        seed,
        hash: world.trace.hash,
        broken,
        counts: { ...world.counts, waits: world.locks.waits },
        fates: Object.fromEntries(world.faults.counts),
        outcomes: world.checks.snapshot.publications.map(({ state }) => state),
        milliseconds: realMonotonicMs() - began,
        trace: world.trace.lines,
        scenario,
      };
    } finally {
      for (const engine of [...world.engines]) await world.kill(engine);
      this.state.world = null;
      this.state.rewrite = null;
    }
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.state.backends.close();
  }
}

async function brokenBy(run: () => Promise<void>): Promise<SeedResult['broken']> {
  try {
    await run();
    return null;
  } catch (error) {
    if (error instanceof Violation) return { invariant: error.invariant, message: error.message };
    if (error instanceof DeadlockError) return { invariant: 'deadlock', message: error.message };
    throw error;
  }
}

function configOf(databaseUrl: string): AppConfig {
  return parseConfig(
    {
      DATABASE_URL: databaseUrl,
      FANFARE_ROLE: 'api',
      LOG_LEVEL: 'silent',
      FANFARE_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      FANFARE_SIGNING_KEY: Buffer.alloc(32, 9).toString('base64'),
    },
    platformKinds.map(({ key }) => ({ key, hosts: [] })),
  );
}

/** A workspace with two accounts on each model platform, made by the engine itself. */
async function setUp(dataSource: DataSource, config: AppConfig): Promise<Place> {
  const machine = new SimulatedProcess('set-up', 0, { now: firstDay }, new Random('set-up'));
  const never = (): Promise<never> => Promise.reject(new Error('not while setting up'));
  const engine = new EngineProcess(
    machine,
    { dataSource, config, replaced: new Map<Token, Token>(), exchange: never, wait: never, addJob: never },
    () => 0,
  );
  const { workspaceId } = await engine.get(WorkspaceService).ensureFirst();
  const caller = { workspaceId, keyId: null };
  const connect = engine.get(ConnectService);
  const accounts = new Map<string, string>();
  for (const { key } of platformKinds) {
    for (const number of [0, 1]) {
      const name = `${key}-${number}`;
      const { sessionId } = await connect.start(caller, key, {});
      await connect.complete(caller, sessionId, { credentials: { name, token: 'secret' } });
      const done = await connect.select(caller, sessionId, [name]);
      accounts.set(`${key}/${number}`, done.accounts?.[0]?.ref.id ?? '');
    }
  }
  return { workspaceId, accounts };
}

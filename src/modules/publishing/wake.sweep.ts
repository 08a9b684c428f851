import type { EntityManager } from 'typeorm';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork, updatedRows } from '../../common/database/index.js';
import { maxRank } from './publication.repository.js';
import { CircuitRelease } from './circuits/circuit.release.js';
import { SettlementService } from './settlement.service.js';
import { WakeQueue } from './wake.queue.js';
import { WallClockGuard } from './wall-clock.guard.js';

/** Milliseconds between two sweeps. */
const intervalMs = 5_000;
/** Seconds that a wake may be overdue before its job counts as lost. */
const graceSeconds = 5;
const batch = 500;
/** Jobs that are added side by side. */
const addedAtOnce = 10;

interface Overdue {
  readonly workspace_id: string;
  readonly id: string;
  readonly wake_no: number;
  readonly wake_at: Date;
  readonly priority: number;
}

/** How many wakes of each workspace are due before the first of these, counted up to a bound: their jobs are there already. */
async function aheadOf(manager: EntityManager, overdue: readonly Overdue[]): Promise<Map<string, number>> {
  const firsts = new Map<string, Date>();
  for (const { workspace_id: id, wake_at: at } of overdue) {
    const first = firsts.get(id);
    if (first === undefined || at < first) firsts.set(id, at);
  }
  if (firsts.size === 0) return new Map();
  const rows = await manager.query<{ id: string; ahead: number }[]>(
    `SELECT w.id, (SELECT count(*) FROM (
              SELECT FROM publications p
               WHERE p.workspace_id = w.id AND p.wake_at < w.first
                 AND p.state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text])
               LIMIT $3) AS a)::int AS ahead
       FROM unnest($1::uuid[], $2::timestamptz[]) AS w (id, first)`,
    [[...firsts.keys()], [...firsts.values()], maxRank],
  );
  return new Map(rows.map(({ id, ahead }) => [id, ahead]));
}

/** With the rank within the workspace's overdue wakes, behind those that earlier sweeps have added. */
function ranked(
  overdue: readonly Overdue[],
  ahead: ReadonlyMap<string, number>,
): { row: Overdue; rank: number }[] {
  const ranks = new Map(ahead);
  const inOrder = overdue.toSorted(
    (a, b) => a.priority - b.priority || a.wake_at.getTime() - b.wake_at.getTime(),
  );
  return inOrder.map((row) => {
    const rank = Math.min(maxRank, (ranks.get(row.workspace_id) ?? 0) + 1);
    ranks.set(row.workspace_id, rank);
    return { row, rank };
  });
}

/** Adds the jobs of overdue publications again: what a crash or a lost queue swallowed. Each at most once a minute. */
@Injectable()
export class WakeSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WakeSweep.name);
  private timer: NodeJS.Timeout | null = null;
  private sweeping: Promise<void> | null = null;

  constructor(
    private readonly config: AppConfig,
    private readonly unitOfWork: UnitOfWork,
    private readonly wakes: WakeQueue,
    private readonly settlement: SettlementService,
    private readonly wallClock: WallClockGuard,
    private readonly circuits: CircuitRelease,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return;
    this.timer = setInterval(() => {
      this.tick();
    }, intervalMs);
    this.tick();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.sweeping;
  }

  /** One sweep; answers how many jobs were added again. */
  async sweepOnce(): Promise<number> {
    const { now, overdue, ahead, unsettled } = await this.unitOfWork.sweep(async (manager) => {
      const [clock] = await manager.query<{ now: Date }[]>('SELECT fanfare.now() AS now');
      const result: unknown = await manager.query(
        `UPDATE publications p SET wake_no = p.wake_no + 1, swept_at = fanfare.now()
           FROM (SELECT workspace_id, id FROM publications
                  WHERE state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text])
                    AND wake_at <= (SELECT fanfare.now()) - make_interval(secs => $1)
                    AND (lease_until IS NULL OR lease_until < (SELECT fanfare.now()))
                    AND (swept_at IS NULL OR swept_at < (SELECT fanfare.now()) - interval '1 minute')
                    AND EXISTS (SELECT FROM plans
                         WHERE plans.workspace_id = publications.workspace_id AND plans.id = publications.plan_id
                           AND plans.handed_over_at IS NOT NULL)
                  ORDER BY wake_at LIMIT $2 FOR UPDATE SKIP LOCKED) AS due
          WHERE p.workspace_id = due.workspace_id AND p.id = due.id
         RETURNING p.workspace_id, p.id, p.wake_no, p.wake_at, p.priority`,
        [graceSeconds, batch],
      );
      const left = await manager.query<{ workspace_id: string; id: string }[]>(
        `SELECT workspace_id, id FROM plans
          WHERE settled_at IS NULL AND started_at <= (SELECT fanfare.now()) - interval '1 minute'
            AND NOT EXISTS (SELECT FROM publications p
                 WHERE p.workspace_id = plans.workspace_id AND p.plan_id = plans.id
                   AND p.state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text]))
          LIMIT $1`,
        [batch],
      );
      const found = updatedRows<Overdue>(result);
      return { now: clock?.now, overdue: found, ahead: await aheadOf(manager, found), unsettled: left };
    });
    if (now !== undefined) this.wallClock.look(now);
    await this.wakeAgain(ranked(overdue, ahead));
    for (const plan of unsettled)
      await this.unitOfWork.run(plan.workspace_id, () => this.settlement.settleLeft(plan.id));
    await this.circuits.releaseAll();
    return overdue.length;
  }

  /**
   * Without a transaction for each: while many runs wait for a connection, a sweep that queues up with them for every row takes
   * minutes, and neither the clock nor the next overdue publication is looked at meanwhile.
   */
  private async wakeAgain(waiting: readonly { row: Overdue; rank: number }[]): Promise<void> {
    for (let from = 0; from < waiting.length; from += addedAtOnce) {
      const next = waiting.slice(from, from + addedAtOnce);
      await Promise.all(
        next.map(({ row, rank }) =>
          this.wakes.again(
            { workspaceId: row.workspace_id, publicationId: row.id, wakeNo: row.wake_no },
            rank,
          ),
        ),
      );
    }
  }

  private tick(): void {
    this.sweeping ??= this.sweepSafely();
  }

  private async sweepSafely(): Promise<void> {
    try {
      const added = await this.sweepOnce();
      if (added > 0) this.logger.log({ msg: 'woke overdue publications', added });
    } catch (error) {
      this.logger.warn({ msg: 'a sweep failed; the next one repeats it', err: error });
    } finally {
      this.sweeping = null;
    }
  }
}

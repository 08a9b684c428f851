import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';

/** Milliseconds between two signs of life. */
const intervalMs = 10_000;

/** Signs of life of a process that works or schedules, so that `explain` can say when none is there. */
@Injectable()
export class ProcessBeat implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ProcessBeat.name);
  private readonly id = newId();
  private timer: NodeJS.Timeout | null = null;
  private beating: Promise<void> | null = null;

  constructor(
    private readonly config: AppConfig,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role === 'api') return;
    this.timer = setInterval(() => {
      this.tick();
    }, intervalMs);
    this.timer.unref();
    this.tick();
  }

  /** A process that ends in order says so. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer === null) return;
    clearInterval(this.timer);
    await this.beating;
    await this.safely(() => this.leave());
  }

  /** One sign of life; forgets processes that have given none for an hour. */
  async beat(role: 'all' | 'worker' | 'scheduler'): Promise<void> {
    await this.unitOfWork.sweep(async (manager) => {
      await manager.query(
        `INSERT INTO processes (id, role) VALUES ($1, $2)
         ON CONFLICT (id) DO UPDATE SET seen_at = fanfare.now()`,
        [this.id, role],
      );
      await manager.query(`DELETE FROM processes WHERE seen_at < (SELECT fanfare.now()) - interval '1 hour'`);
    });
  }

  async leave(): Promise<void> {
    await this.unitOfWork.sweep((manager) => manager.query(`DELETE FROM processes WHERE id = $1`, [this.id]));
  }

  private tick(): void {
    const { role } = this.config;
    if (role === 'api') return;
    this.beating ??= this.safely(() => this.beat(role)).finally(() => {
      this.beating = null;
    });
  }

  private async safely(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn({ msg: 'a sign of life could not be given', err: error });
    }
  }
}

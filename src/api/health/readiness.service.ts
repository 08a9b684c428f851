import { Inject, Injectable } from '@nestjs/common';
import { firstValueFrom, from, timeout } from 'rxjs';
import { UnitOfWork } from '../../common/database/index.js';
import { AppLogger } from '../../common/logging/index.js';
import { JobQueue } from '../../common/queue/index.js';
import type { Plain } from '../common/plain.js';
import type { ReadinessCheckDto, ReadinessDto } from './health.dto.js';
import { EXPECTED_MIGRATIONS } from './expected-migrations.js';

const limitMs = 3_000;

/** Whether this process can do its work: each thing that it needs, by itself. */
@Injectable()
export class ReadinessService {
  private readonly log: AppLogger;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queue: JobQueue,
    @Inject(EXPECTED_MIGRATIONS) private readonly expected: readonly string[],
    logger: AppLogger,
  ) {
    this.log = logger.named(ReadinessService.name);
  }

  async look(): Promise<Plain<ReadinessDto>> {
    const checks = await Promise.all([
      this.check('database', 'The database answers.', () => this.database()),
      this.check('schema', 'The schema is up to date.', () => this.schema()),
      this.check('queue', 'The queue answers.', () => this.queue.ping()),
    ]);
    return { status: checks.every(({ ok }) => ok) ? 'ok' : 'unavailable', checks };
  }

  private async check(
    name: ReadinessCheckDto['name'],
    fine: string,
    look: () => Promise<void>,
  ): Promise<Plain<ReadinessCheckDto>> {
    try {
      await firstValueFrom(from(look()).pipe(timeout(limitMs)), { defaultValue: undefined });
      return { name, ok: true, message: fine };
    } catch (error) {
      this.log.warn('not ready', { check: name, err: error });
      const message =
        error instanceof NotMigratedError
          ? error.message
          : `The ${name} cannot be used now; the log says why.`;
      return { name, ok: false, message };
    }
  }

  private async database(): Promise<void> {
    await this.unitOfWork.sweep((manager) => manager.query('SELECT 1'));
  }

  private async schema(): Promise<void> {
    const rows = await this.unitOfWork.sweep((manager) =>
      manager.query<{ name: string }[]>('SELECT name FROM migrations'),
    );
    const applied = new Set(rows.map(({ name }) => name));
    const missing = this.expected.filter((name) => !applied.has(name));
    if (missing.length > 0) throw new NotMigratedError(missing.length);
  }
}

class NotMigratedError extends Error {
  constructor(missing: number) {
    super(`${missing} migrations are missing. Run "npm run db:migrate".`);
  }
}

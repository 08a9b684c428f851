import type { CallHandler } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { lastValueFrom, of, throwError, type Observable } from 'rxjs';
import type { IdempotencyService } from '../../common/idempotency/index.js';
import { AppLogger } from '../../common/logging/index.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/** A request under a key, and a database that is away for a while. */
class Rig {
  readonly tried: string[] = [];
  private failures = 0;

  away(times: number): void {
    this.failures = times;
  }

  async run(work: Observable<unknown>): Promise<unknown> {
    const service: Partial<Record<keyof IdempotencyService, unknown>> = {
      begin: () => Promise.resolve({ kind: 'claimed', claim: {} }),
      finish: () => this.store('finish'),
      free: () => this.store('free'),
    };
    const reflector: Partial<Reflector> = { get: () => true as never };
    const logger = AppLogger.create('error', { write: () => undefined });
    const interceptor = new IdempotencyInterceptor(
      reflector as Reflector,
      service as IdempotencyService,
      logger,
    );
    const request = {
      ...{ method: 'POST', url: '/api/v1/posts', headers: { 'idempotency-key': 'k' }, body: {} },
      auth: { workspaceId: 'w' },
    };
    const reply = { statusCode: 201, getHeader: () => undefined, getHeaders: () => ({}) };
    const context = new ExecutionContextHost([request, reply]);
    const next: CallHandler = { handle: () => work };
    return lastValueFrom(await interceptor.intercept(context, next));
  }

  private store(how: string): Promise<void> {
    this.tried.push(how);
    this.failures -= 1;
    return this.failures >= 0 ? Promise.reject(new Error('The database is away.')) : Promise.resolve();
  }
}

describe('an answer under a key', () => {
  let rig: Rig;

  beforeEach(() => {
    jest.useFakeTimers();
    rig = new Rig();
  });
  afterEach(() => jest.useRealTimers());

  it('is given although it cannot be stored, and is stored when the database is back', async () => {
    rig.away(2);
    expect(await rig.run(of({ id: 'post_1' }))).toEqual({ id: 'post_1' });
    expect(rig.tried).toEqual(['finish']);
    await jest.advanceTimersByTimeAsync(500 + 2_000);
    expect(rig.tried).toEqual(['finish', 'finish', 'finish']);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(rig.tried).toHaveLength(3);
  });

  it('that is an error of ours frees its key when the database is back', async () => {
    rig.away(1);
    await expect(rig.run(throwError(() => new Error('broken')))).rejects.toThrow('broken');
    await jest.advanceTimersByTimeAsync(500);
    expect(rig.tried).toEqual(['free', 'free']);
  });

  it('is left to the end of the lock when the database stays away', async () => {
    rig.away(100);
    await rig.run(of({}));
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    expect(rig.tried).toHaveLength(6);
  });
});

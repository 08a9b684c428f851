import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';

/** The roles that a transaction may take; made by `npm run db:roles` (see docs/adr/0003). */
export type DatabaseRole = 'fanfare_app' | 'fanfare_sweep';

interface Scope {
  readonly workspaceId: string | null;
  readonly manager: EntityManager;
  /** It does not end before its log is on disk. */
  durable: boolean;
  readonly beforeCommit: (() => Promise<void>)[];
  readonly afterCommit: (() => void | Promise<void>)[];
  /** From the commit on: whatever still runs in this scope came too late. */
  ended: boolean;
}

/** What is used of node-postgres itself. */
interface PostgresClient {
  query(statements: string): Promise<{ command: string }>;
}

/** A database access outside a unit of work, or across two workspaces: always a bug. */
export class UnitOfWorkError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnitOfWorkError';
  }
}

const synchronousCommit = 'SET LOCAL synchronous_commit = on';
const oneMoment = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY';
/** So that TypeORM takes a transaction inside for a savepoint: it offers no way to begin one together with its settings. */
const begunByHand = { isTransactionActive: true, transactionDepth: 1 };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface UnitOfWorkOptions {
  /** The transaction does not end before its log is on disk, whatever the server's default. For the ledger. */
  readonly durable?: boolean;
  /** All reads see one and the same moment, over several statements. For views that are put together; not for writing. */
  readonly snapshot?: boolean;
}

/**
 * One short transaction that sees the rows of one workspace. The scope travels with the asynchronous call chain: whoever is
 * called inside joins the same transaction.
 */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);
  private readonly scopes = new AsyncLocalStorage<Scope>();

  constructor(private readonly dataSource: DataSource) {}

  /** Runs `fn` in a transaction of the workspace, or joins the one that is open. */
  async run<T>(
    workspaceId: string,
    fn: (manager: EntityManager) => Promise<T>,
    options: UnitOfWorkOptions = {},
  ): Promise<T> {
    const open = this.scopes.getStore();
    if (open !== undefined) {
      if (open.workspaceId !== workspaceId) {
        throw new UnitOfWorkError(
          `A unit of work of ${open.workspaceId ?? 'a sweep'} is open; ${workspaceId} asked for.`,
        );
      }
      this.requireOpen(open, 'A unit of work');
      if (options.durable === true && !open.durable) {
        await open.manager.query(synchronousCommit);
        open.durable = true;
      }
      return fn(open.manager);
    }
    if (!uuid.test(workspaceId)) throw new UnitOfWorkError(`"${workspaceId}" is no workspace id.`);
    const settings = [
      ...(options.snapshot === true ? [oneMoment] : []),
      'SET LOCAL ROLE fanfare_app',
      `SET LOCAL fanfare.workspace_id = '${workspaceId}'`,
      ...(options.durable === true ? [synchronousCommit] : []),
    ];
    return this.transaction(workspaceId, settings, fn, options.durable === true);
  }

  /** Runs `fn` across workspaces with the few rights of the sweep role. Never joins. */
  sweep<T>(fn: (manager: EntityManager) => Promise<T>): Promise<T> {
    if (this.scopes.getStore() !== undefined)
      throw new UnitOfWorkError('A sweep cannot start inside a unit of work.');
    return this.transaction(null, ['SET LOCAL ROLE fanfare_sweep'], fn);
  }

  /** The open transaction's manager; throws when there is none. */
  get manager(): EntityManager {
    return this.scope('The database').manager;
  }

  get workspaceId(): string {
    const { workspaceId } = this.scope('A workspace');
    if (workspaceId === null) throw new UnitOfWorkError('A sweep has no workspace.');
    return workspaceId;
  }

  get isOpen(): boolean {
    return this.scopes.getStore()?.ended === false;
  }

  /** Runs last in the transaction, in the order of registration. */
  beforeCommit(hook: () => Promise<void>): void {
    this.scope('beforeCommit').beforeCommit.push(hook);
  }

  /** Runs once the transaction is durable. A failure is logged only: whatever it does must be repaired by a sweep. */
  afterCommit(hook: () => void | Promise<void>): void {
    this.scope('afterCommit').afterCommit.push(hook);
  }

  /** Leaves the scope, so that `fn` cannot use the open transaction by accident. */
  outside<T>(fn: () => Promise<T>): Promise<T> {
    return this.scopes.exit(fn);
  }

  private scope(what: string): Scope {
    const scope = this.scopes.getStore();
    if (scope === undefined) throw new UnitOfWorkError(`${what} was used outside a unit of work.`);
    this.requireOpen(scope, what);
    return scope;
  }

  private requireOpen(scope: Scope, what: string): void {
    if (scope.ended) throw new UnitOfWorkError(`${what} was used after its unit of work had ended.`);
  }

  private async transaction<T>(
    workspaceId: string | null,
    settings: readonly string[],
    fn: (manager: EntityManager) => Promise<T>,
    durable = false,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const scope: Scope = {
      workspaceId,
      manager: runner.manager,
      durable,
      beforeCommit: [],
      afterCommit: [],
      ended: false,
    };
    let result: T;
    let begun: { readonly answer: Promise<unknown> } | null = null;
    try {
      begun = await this.begin(runner, settings);
      result = await this.scopes.run(scope, async () => {
        const value = await fn(runner.manager);
        for (const hook of scope.beforeCommit) await hook();
        return value;
      });
      scope.ended = true;
      await begun.answer;
      await this.commit(runner);
    } catch (error) {
      scope.ended = true;
      await this.rollBack(runner);
      await begun?.answer; // whatever came after it failed for its reason
      throw error;
    } finally {
      await runner.release();
    }
    await this.scopes.exit(() => this.runAfterCommit(scope));
    return result;
  }

  /**
   * Sent along with the first statement: by itself, the beginning would be half of the round trips of a short transaction. When it
   * fails, what comes after it in the same transaction fails as well.
   */
  private async begin(
    runner: QueryRunner,
    settings: readonly string[],
  ): Promise<{ readonly answer: Promise<unknown> }> {
    const client = (await runner.connect()) as PostgresClient;
    const answer = client.query(['START TRANSACTION', ...settings].join('; '));
    answer.catch(() => undefined);
    Object.assign(runner, begunByHand);
    return { answer };
  }

  /**
   * PostgreSQL answers the COMMIT of a transaction with a failed statement by rolling it back, without an error: only the
   * command that it names in its answer tells, and TypeORM does not hand that on.
   */
  private async commit(runner: QueryRunner): Promise<void> {
    const client = (await runner.connect()) as PostgresClient;
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT')
      throw new UnitOfWorkError('A statement failed and its error was swallowed: nothing was committed.');
  }

  private async rollBack(runner: QueryRunner): Promise<void> {
    if (!runner.isTransactionActive) return;
    try {
      await ((await runner.connect()) as PostgresClient).query('ROLLBACK');
    } catch (error) {
      this.logger.warn({ msg: 'rollback failed; the connection is lost', err: error });
    }
  }

  private async runAfterCommit(scope: Scope): Promise<void> {
    for (const hook of scope.afterCommit) {
      try {
        await hook();
      } catch (error) {
        this.logger.warn({ msg: 'work after a commit failed; a sweep repeats it', err: error });
      }
    }
  }
}

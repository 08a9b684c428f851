import pg from 'pg';
import type { Bench } from './bench.js';
import { HeldCall } from './held-call.js';

/** A held call, and what a connection of its own read meanwhile. */
export interface WatchedCall {
  readonly seq: number;
  /** Committed calls without an outcome whose publication, token and lease stand as the fence leaves them. */
  readonly started: number;
}

/**
 * Holds every visible call of the platform, one after the other, before it acts, and reads on another connection whether its
 * start stands in the ledger (protocol.md §11.2).
 */
export class FenceWatch {
  readonly watched: WatchedCall[] = [];
  private held: HeldCall;
  private over = false;

  private constructor(
    private readonly bench: Bench,
    private readonly client: pg.Client,
  ) {
    this.held = bench.hold('before');
  }

  /** Runs the work under the watch; answers what was seen of each call. */
  static async during(bench: Bench, work: () => Promise<unknown>): Promise<readonly WatchedCall[]> {
    const client = new pg.Client({ connectionString: bench.engine.database.adminUrl });
    await client.connect();
    const watch = new FenceWatch(bench, client);
    const watching = watch.run();
    try {
      await work();
    } finally {
      watch.over = true;
      watch.held.release();
      await watching;
      await client.end();
    }
    return watch.watched;
  }

  private async run(): Promise<void> {
    for (;;) {
      const call = await this.held.call();
      if (call === null || this.over) return;
      this.watched.push(await this.read(call.seq));
      // The next barrier stands before this call goes on.
      const passed = this.held;
      this.held = this.bench.hold('before');
      passed.release();
    }
  }

  private async read(seq: number): Promise<WatchedCall> {
    const { rows } = await this.client.query<{ started: number }>(
      `SELECT count(*)::int AS started FROM calls c
         JOIN publications p ON p.workspace_id = c.workspace_id AND p.id = c.publication_id
        WHERE c.outcome IS NULL AND c.lease_token = p.lease_token AND p.lease_until > c.deadline_at
          AND p.going_out_at IS NOT NULL AND length(c.request_hash) = 64 AND p.account_id = ANY ($1)`,
      [this.bench.accounts.map(({ id }) => id)],
    );
    return { seq, started: rows[0]?.started ?? 0 };
  }
}

/** Every visible call of the test was watched  and each found its start in the ledger. */
export function expectFenced(bench: Bench, watched: readonly WatchedCall[]): void {
  const calls = bench.visibleCalls().map(({ seq }) => seq);
  expect(watched).toEqual(calls.map((seq) => ({ seq, started: 1 })));
}

import type { Contract } from '../suite.js';

/** What stands in the ledger while a call is under way (protocol.md §3). */
export function describeLedger({ bench }: Contract): void {
  describe('while a visible call is under way', () => {
    it('the ledger holds its committed start, which any other connection can read', async () => {
      const account = await bench().connect();
      const held = bench().hold('before');
      const postId = await bench().post(account, bench().plain('Recorded before it is sent'));
      const running = bench().engine.settle();
      try {
        await held.reached();
        const calls = await bench().engine.rows(
          `SELECT c.no, c.outcome, c.commit_key, c.lease_token = p.lease_token AS ours, p.going_out_at IS NOT NULL AS out,
                  length(c.request_hash) AS hash, p.lease_until > c.deadline_at AS leased
             FROM calls c JOIN publications p ON p.workspace_id = c.workspace_id AND p.id = c.publication_id
            WHERE p.post_id = $1`,
          [postId],
        );
        expect(calls).toEqual([
          {
            no: 1,
            outcome: null,
            commit_key: expect.any(String),
            ours: true,
            out: true,
            hash: 64,
            leased: true,
          },
        ]);
        expect(bench().inbox(account)).toEqual([]);
      } finally {
        held.release();
        await running;
      }
      await bench().rest();
      expect(await bench().publication(postId)).toMatchObject({ status: 'published' });
    });

    it('no transaction of the engine is open', async () => {
      const account = await bench().connect();
      const held = bench().hold('before');
      await bench().post(account, bench().plain('No transaction open'));
      const running = bench().engine.settle();
      try {
        await held.reached();
        const open = await bench().engine.rows(
          `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
        );
        expect(open).toEqual([]);
      } finally {
        held.release();
        await running;
        await bench().rest();
      }
    });
  });
}

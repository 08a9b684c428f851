import type { Contract } from '../suite.js';

/** A rate limit costs time, never a retry. */
export function describeWaiting({ profile, bench, report }: Contract): void {
  const { rateLimit } = profile;

  describe('a rate limit', () => {
    it('is waited for exactly as long as the platform says, and uses up no retry', async () => {
      const account = await bench().connect();
      const { engine, control } = bench();
      const waitMs = rateLimit.arm(control, engine.clock.now());
      const askedAt = engine.clock.now().getTime();
      const postId = await bench().post(account, bench().plain('Too fast'));
      await engine.settle();
      expect(await bench().publication(postId)).toMatchObject({
        status: 'retrying',
        waitingFor: { reason: 'rate_limit' },
        error: { kind: 'rate_limited', retryable: true },
      });
      const calls = bench().visibleCalls().length;
      expect(engine.queue.pending().map(({ runAt }) => runAt - askedAt)).toEqual([waitMs]);

      await bench().advance(waitMs - 1);
      await engine.settle();
      expect(bench().visibleCalls()).toHaveLength(calls);
      await bench().advance(1);
      await bench().rest();
      expect(await bench().publication(postId)).toMatchObject({ status: 'published' });
      expect(await engine.rows('SELECT retries FROM publications WHERE post_id = $1', [postId])).toEqual([
        { retries: 0 },
      ]);
      expect(bench().inbox(account)).toHaveLength(1);
      report.note('fault', 'rate limit', 'published 1');
    });

    it('that is met again and again is waited for as often, and nothing is given up', async () => {
      const account = await bench().connect();
      // More than one where the platform says later what it has made of a post.
      const { attemptCount: usual } = await bench().publish(account, bench().plain('In peace'));
      rateLimit.arm(bench().control, bench().engine.clock.now(), 8);
      const publication = await bench().publish(account, bench().plain('Much too fast'));
      expect(publication).toMatchObject({ status: 'published', attemptCount: 8 + usual, error: null });
      expect(bench().inbox(account)).toHaveLength(2);
    });
  });
}

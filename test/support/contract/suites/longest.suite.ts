import { Engine } from '../../engine/engine.js';
import { HeldCall } from '../held-call.js';
import type { Contract } from '../suite.js';

/** Longer than any lease beyond any call's deadline. */
const leaseIsOverMs = 4 * 60_000;

/** A worker dies at each call of the longest way to a post, before and after the platform acted; the post is there once. */
export function describeLongest({ key, profile, bench }: Contract): void {
  if (profile.longest === undefined) return;
  const { draft, operations } = profile.longest;
  const cases = operations.flatMap((operation) => [
    { operation, position: 'before' as const },
    { operation, position: 'after' as const },
  ]);

  describe('when a worker dies', () => {
    it.each(cases)('$position $operation, another ends what it began', async ({ operation, position }) => {
      const account = await bench().connect();
      const held = new HeldCall(bench().control, { platform: key, operation, position, nth: 1 });
      const postId = await bench().post(account, draft);
      // Not only until the first wait: the call may come after several.
      const lost = bench().rest();
      await held.reached();
      const other = await Engine.start(bench().engine);
      try {
        await bench().advance(leaseIsOverMs);
        // The first look of a process only learns what time it is.
        await other.sweep();
        await other.sweep();
        await bench().rest(other);
      } finally {
        held.release('drop');
        await lost;
        await bench().rest();
        await bench().rest(other);
        await other.stop();
      }
      const { status } = await bench().publication(postId);
      const canTell = bench().publisher.descriptor.capabilities.reconcile.absentAfterLooks !== 'never';
      expect(canTell ? status : ['published', 'unconfirmed'].includes(status)).toBe(
        canTell ? 'published' : true,
      );
      expect(bench().inbox(account).length).toBeLessThanOrEqual(1 + (draft.thread?.length ?? 0));
    });
  });
}

import type { PublicationView } from '../../../../src/modules/publishing/index.js';
import type { ReleaseMode } from '../../../../src/sandbox/core/barriers.js';
import { Engine } from '../../engine/engine.js';
import type { Contract } from '../suite.js';

/** Longer than any lease beyond any call's deadline. */
const leaseIsOverMs = 4 * 60_000;

export interface TakeoverCase {
  readonly name: string;
  readonly position: 'before' | 'after';
  /** What becomes of the call when the other worker has come to its end. */
  readonly release: ReleaseMode;
  /** Whether people can see the post in the end where the platform cannot tell. */
  readonly visible: boolean;
  /** Whether the lost worker learns what became of its call. */
  readonly answered: boolean;
}

export const takeoverCases: readonly TakeoverCase[] = [
  {
    name: 'dies before the platform acts',
    position: 'before',
    release: 'drop',
    visible: false,
    answered: false,
  },
  {
    name: 'dies after the platform acted',
    position: 'after',
    release: 'drop',
    visible: true,
    answered: false,
  },
  {
    name: 'hangs, and its call acts later',
    position: 'before',
    release: 'proceed',
    visible: true,
    answered: true,
  },
  {
    name: 'hangs, and its answer comes later',
    position: 'after',
    release: 'proceed',
    visible: true,
    answered: true,
  },
];

/** Without a call that acts after two looks have found nothing. */
export const tellableCases: readonly TakeoverCase[] = takeoverCases.filter(
  ({ position, release }) => position === 'after' || release === 'drop',
);

/** A worker that is gone, or only seems to be, while its call is under way; another takes over when the lease is over. */
export function describeTakeover(
  { bench, profile, report }: Contract,
  cases: readonly TakeoverCase[] = profile.lateCalls === undefined ? takeoverCases : tellableCases,
): void {
  const canTell = (): boolean =>
    bench().publisher.descriptor.capabilities.reconcile.absentAfterLooks !== 'never';

  describe('when a worker', () => {
    for (const { name, position, release, visible, answered } of cases) {
      it(`${name}, another takes over and the post is there at most once`, async () => {
        const account = await bench().connect();
        const held = bench().hold(position);
        const postId = await bench().post(account, bench().plain(`The worker ${name}`));
        const lost = bench().engine.settle();
        await held.reached();

        const other = await Engine.start(bench().engine);
        try {
          const taken = await takeOver(other, postId);
          expect(taken).toMatchObject({ status: canTell() ? 'published' : 'unconfirmed' });
        } finally {
          held.release(release);
          await lost;
          await bench().rest();
          await other.stop();
        }

        const end = canTell() || answered ? 'published' : 'unconfirmed';
        expect(await bench().publication(postId)).toMatchObject({ status: end });
        expect(bench().inbox(account)).toHaveLength(canTell() || visible ? 1 : 0);
        expect(
          await bench().engine.rows(
            `SELECT data FROM outbox WHERE type = 'publishing.duplicate-detected' AND data ->> 'postId' = $1`,
            [postId],
          ),
        ).toEqual([]);
        report.note('fault', `worker ${name}`, `${end} ${bench().inbox(account).length}`);
      });
    }
  });

  async function takeOver(other: Engine, postId: string): Promise<PublicationView> {
    await bench().advance(leaseIsOverMs);
    // The first look of a process only learns what time it is.
    await other.sweep();
    await other.sweep();
    await bench().rest(other);
    return bench().publication(postId);
  }
}

import { jest } from '@jest/globals';
import type { PublicationView } from '../../../../src/modules/publishing/index.js';
import type { Bench, Connected } from '../bench.js';
import type { Contract } from '../suite.js';

/** Milliseconds for a call that is going to hang; the platform's own figure would take too long. */
const shortDeadlineMs = 1_500;

/** An answer that is lost, late or no answer at all, before and after the platform acted. */
export function describeFaults({ profile, bench, report }: Contract): void {
  describe('when the visible call meets', () => {
    for (const fault of profile.faults) {
      it(`${fault.name}: ${fault.end}, ${fault.inbox} in the inbox`, async () => {
        const account = await bench().connect();
        bench().fault(fault.action, fault.match);
        const hangs = fault.action.kind.startsWith('hang');
        const publication = await withDeadline(bench(), hangs ? shortDeadlineMs : null, () =>
          bench().publish(account, bench().plain(`After ${fault.name}`)),
        );
        expect(publication).toMatchObject({ status: fault.end });
        expect(bench().inbox(account)).toHaveLength(fault.inbox);
        report.note('fault', fault.name, `${publication.status} ${fault.inbox}`);
        if (publication.status === 'unconfirmed') await letAPersonResolve(bench(), account, publication);
      });
    }
  });

  // Nothing to look for where an absence can be told.
  const lost = profile.faults.find(({ end, inbox }) => end === 'unconfirmed' && inbox === 1);
  if (lost !== undefined) {
    it('a lost answer that nobody can look for: the next post waits for a harmless read', async () => {
      const account = await bench().connect();
      const ping = jest.spyOn(bench().publisher, 'ping');
      bench().fault(lost.action, lost.match);
      await withDeadline(bench(), lost.action.kind.startsWith('hang') ? shortDeadlineMs : null, () =>
        bench().publish(account, bench().plain('Its answer is lost')),
      );
      ping.mockClear();
      const next = await bench().publish(account, bench().plain('Behind a read'));
      expect(next).toMatchObject({ status: 'published' });
      expect(ping).toHaveBeenCalled();
      ping.mockRestore();
    });
  }

  async function letAPersonResolve(
    there: Bench,
    account: Connected,
    { id, postId }: PublicationView,
  ): Promise<void> {
    const [seen] = there.inbox(account);
    await there.engine.resolve(
      id,
      seen === undefined
        ? { verdict: 'not_published', retry: true }
        : { verdict: 'published', platformPostId: profile.postIdOf(seen), permalink: seen.permalink },
    );
    await there.rest();
    expect(await there.publication(postId)).toMatchObject({ status: 'published', error: null });
    expect(there.inbox(account)).toHaveLength(1);
  }
}

/** Null: the platform's own. */
async function withDeadline<T>(bench: Bench, deadlineMs: number | null, work: () => Promise<T>): Promise<T> {
  if (deadlineMs === null) return work();
  const { publisher } = bench;
  const original = publisher.capabilitiesFor.bind(publisher);
  const spy = jest
    .spyOn(publisher, 'capabilitiesFor')
    .mockImplementation((account) => ({ ...original(account), callDeadlineMs: deadlineMs }));
  try {
    return await work();
  } finally {
    spy.mockRestore();
  }
}

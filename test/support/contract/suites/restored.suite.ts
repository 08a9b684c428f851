import { RestorationService } from '../../../../src/modules/publishing/index.js';
import { Backup } from '../../backup.js';
import type { Bench, Connected } from '../bench.js';
import type { Draft } from '../profile.js';
import type { Contract } from '../suite.js';

/** Longer than it takes a wake to count as overdue. */
const overdueMs = 10_000;

/** A database that was put back to a time before the post went out: nothing is sent twice, whatever the platform shows. */
export function describeRestored({ profile, bench, report }: Contract): void {
  const canTell = (): boolean => bench().publisher.descriptor.capabilities.reconcile.findsForgotten === true;
  const words = 'Forgotten';
  const several = profile.several ?? { draft: profile.plain?.(words) ?? { text: words }, texts: [words] };
  const withMedia = profile.kinds.find(
    ({ draft, seen }) => (draft.media?.length ?? 0) > 0 && seen.length > 0,
  );

  describe('after a backup was restored', () => {
    let backup: Backup | null = null;
    afterEach(async () => {
      await backup?.drop();
      backup = null;
      // The database's clock runs ahead of the one that is moved by hand: what comes next is not due in the lost time.
      await bench().engine.rows('DELETE FROM fanfare.restoration');
    });

    /** Posts, and forgets it again once `lost` has happened. */
    const forget = async (
      draft: Draft,
      lost: () => Promise<void>,
    ): Promise<{ account: Connected; postId: string }> => {
      const account = await bench().connect(profile.connectForSeveral);
      const postId = await bench().post(account, draft);
      backup = await Backup.of(bench().engine.database);
      await lost();
      await backup.restore();
      bench().loseLedger();
      await bench()
        .engine.app.get(RestorationService)
        .restored(backup.since, { upcoming: false, dryRun: false });
      await catchUp(bench());
      return { account, postId };
    };

    const drafts: [string, Draft][] = [
      ['a post of several calls', several.draft],
      ...(withMedia === undefined ? [] : [['a post with media', withMedia.draft] satisfies [string, Draft]]),
    ];

    it.each(drafts)('sends nothing again of %s that went out', async (name, draft) => {
      let shown = 0;
      const { account, postId } = await forget(draft, async () => {
        await bench().rest();
        shown = inboxOf(bench()).length;
      });
      expect(shown).toBeGreaterThan(0);
      expect(bench().inbox(account)).toHaveLength(shown);
      const publication = await bench().publication(postId);
      expect(publication).toMatchObject({ status: canTell() ? 'published' : 'unconfirmed' });
      report.note('fault', `backup restored, ${name}`, `${publication.status} ${shown}`);
    });

    it('sends what had not gone out where that can be told, and asks a person where it cannot', async () => {
      const { account, postId } = await forget(several.draft, () => Promise.resolve());
      const publication = await bench().publication(postId);
      expect(publication).toMatchObject({ status: canTell() ? 'published' : 'unconfirmed', warnings: [] });
      expect(bench().inbox(account)).toHaveLength(canTell() ? several.texts.length : 0);
      if (canTell()) return;
      await bench().engine.resolve(publication.id, { verdict: 'not_published', retry: true });
      await bench().rest();
      expect(await bench().publication(postId)).toMatchObject({ status: 'published', warnings: [] });
      expect(bench().inbox(account)).toHaveLength(several.texts.length);
    });
  });
}

function inboxOf(bench: Bench): unknown[] {
  return bench.accounts.flatMap((account) => bench.inbox(account));
}

/** What the sweeps find without a queue, and whatever follows. */
async function catchUp(bench: Bench): Promise<void> {
  bench.engine.queue.wipe();
  await bench.advance(overdueMs);
  await bench.engine.sweep();
  await bench.rest();
}

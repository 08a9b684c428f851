import type { PublicationView } from '../../../../src/modules/publishing/index.js';
import type { TargetContent } from '../../../../src/platforms/core/index.js';
import type { FaultKind } from '../../../../src/sandbox/core/fault.rules.js';
import type { Bench, Connected } from '../bench.js';
import { expectFenced, FenceWatch } from '../fence-watch.js';
import type { Contract } from '../suite.js';

const lostAnswers: readonly (readonly [kind: FaultKind, acted: boolean])[] = [
  ['reset-before', false],
  ['reset-after', true],
];
const incomplete = [expect.objectContaining({ code: 'incomplete' })];

/** Posts of several visible calls: threads, a mail to each recipient, files and a long text. */
export function describeSeveral({ profile, bench, report }: Contract): void {
  if (profile.several === null) return;
  const { draft, texts } = profile.several;
  const connect = (): Promise<Connected> => bench().connect(profile.connectForSeveral);
  /** What is in the inbox is a prefix of what was to go out, in order, each replying to the one before. */
  const expectPrefix = (account: Connected, length: number): void => {
    const entries = bench().inbox(account);
    expect(entries.map(({ text }) => text)).toEqual(texts.slice(0, length));
    if (draft.thread === undefined) return;
    const parents = [null, ...entries.map(({ postId }) => postId)].slice(0, length);
    expect(entries.map(({ replyTo }) => replyTo)).toEqual(parents);
  };
  /** Of the second, as a person sees it. */
  const judge = (publication: PublicationView, account: Connected, acted: boolean): Promise<void> => {
    const seen = acted ? bench().inbox(account)[1] : undefined;
    return bench().engine.resolve(
      publication.id,
      seen === undefined
        ? { verdict: 'not_published', retry: false }
        : { verdict: 'published', platformPostId: profile.postIdOf(seen), permalink: seen.permalink },
    );
  };

  describe('a post of several calls', () => {
    it('goes out in order, each part once', async () => {
      const account = await connect();
      const postId = await bench().post(account, draft);
      expectFenced(bench(), await FenceWatch.during(bench(), () => bench().rest()));
      expect(await bench().publication(postId)).toMatchObject({ status: 'published', warnings: [] });
      expectPrefix(account, texts.length);
      expect(bench().visibleCalls()).toHaveLength(texts.length);
    });

    it.each(lostAnswers)('survives an answer that %s has lost in the middle', async (kind, acted) => {
      const account = await connect();
      bench().fault({ kind }, { visible: true }, 2);
      const publication = await bench().publish(account, draft);
      report.note('fault', `${kind} in the middle`, `${publication.status} ${bench().inbox(account).length}`);
      if (canTell(bench())) {
        expect(publication).toMatchObject({ status: 'published', warnings: [] });
        expectPrefix(account, texts.length);
        return;
      }
      // The first is out for certain; of the second a person has to say, and what was to follow it goes out then.
      const independent = bench().publisher.commitsAreIndependent;
      expect(publication).toMatchObject({
        status: 'published',
        warnings: expect.arrayContaining(incomplete),
      });
      const others = independent ? texts.length - 2 : 0;
      expect(bench().inbox(account)).toHaveLength((acted ? 2 : 1) + others);
      await judge(publication, account, acted);
      await bench().rest();
      expect(await bench().publication(publication.postId)).toMatchObject({
        status: 'published',
        warnings: acted ? [] : expect.arrayContaining(incomplete),
      });
      expect(bench().inbox(account)).toHaveLength(acted ? texts.length : 1 + others);
      await expect(judge(publication, account, acted)).rejects.toMatchObject({ code: 'not_unconfirmed' });
      // Judged, it keeps nobody waiting who says the same.
      const again = await bench().engine.rows(
        `SELECT count(*)::int AS open FROM commits WHERE account_id = $1 AND state = 'open'`,
        [account.id],
      );
      expect(again).toEqual([{ open: 0 }]);
      if (acted) return;
      await bench().engine.retry(publication.id);
      await bench().rest();
      expect(await bench().publication(publication.postId)).toMatchObject({
        status: 'published',
        warnings: [],
      });
      expect(bench().inbox(account)).toHaveLength(texts.length);
      expect(bench().visibleCalls()).toHaveLength(texts.length + 1);
    });

    it('makes as many commits as the publisher says beforehand', async () => {
      const account = await connect();
      await bench().publish(account, draft);
      const [row] = await bench().engine.rows(
        `SELECT p.content, (SELECT count(*)::int FROM commits c WHERE c.publication_id = p.id) AS commits
           FROM publications p WHERE p.account_id = $1`,
        [account.id],
      );
      const said = bench().publisher.commitCount(row?.['content'] as TargetContent);
      expect([null, row?.['commits']]).toContain(said);
    });

    it('stays published and says what is missing when a later part is refused', async () => {
      const account = await connect();
      const status = profile.refusal;
      bench().fault({ kind: 'status', status }, { visible: true }, 2);
      const { postId } = await bench().publish(account, draft);
      expect(await bench().publication(postId)).toMatchObject({ status: 'published', warnings: incomplete });
      expectPrefix(account, 1);
    });
  });
}

function canTell({ publisher }: Bench): boolean {
  return publisher.descriptor.capabilities.reconcile.absentAfterLooks !== 'never';
}

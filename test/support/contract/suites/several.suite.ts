import type { FaultKind } from '../../../../src/sandbox/core/fault.rules.js';
import type { Connected } from '../bench.js';
import type { Contract } from '../suite.js';

/** Posts of several visible calls: threads, a mail to each recipient, files and a long text. */
export function describeSeveral({ profile, bench, report }: Contract): void {
  const { draft, texts } = profile.several;
  const connect = (): Promise<Connected> => bench().connect(profile.connectForSeveral);
  const canTell = (): boolean =>
    bench().publisher.descriptor.capabilities.reconcile.absentAfterLooks !== 'never';
  /** A prefix of what was to go out, in order. */
  const expectPrefix = (account: Connected, length: number): void => {
    const entries = bench().inbox(account);
    expect(entries.map(({ text }) => text)).toEqual(texts.slice(0, length));
    if (draft.thread === undefined) return;
    const parents = [null, ...entries.map(({ postId }) => postId)].slice(0, length);
    expect(entries.map(({ replyTo }) => replyTo)).toEqual(parents);
  };

  describe('a post of several calls', () => {
    it('goes out in order, each part once', async () => {
      const account = await connect();
      expect(await bench().publish(account, draft)).toMatchObject({ status: 'published', warnings: [] });
      expectPrefix(account, texts.length);
      expect(bench().visibleCalls()).toHaveLength(texts.length);
    });

    it.each<readonly [FaultKind, number]>([
      ['reset-before', 1],
      ['reset-after', 2],
    ])('goes on behind the answer that %s has lost in the middle', async (kind, visible) => {
      const account = await connect();
      bench().fault({ kind }, { visible: true }, 2);
      const publication = await bench().publish(account, draft);
      report.note('fault', `${kind} in the middle`, `${publication.status} ${bench().inbox(account).length}`);
      if (!canTell()) {
        expect(publication).toMatchObject({ status: 'unconfirmed' });
        expectPrefix(account, visible);
        const seen = bench().inbox(account)[1];
        await bench().engine.resolve(
          publication.id,
          seen === undefined
            ? { verdict: 'not_published', retry: true }
            : { verdict: 'published', platformPostId: profile.postIdOf(seen), permalink: seen.permalink },
        );
        await bench().rest();
      }
      expect(await bench().publication(publication.postId)).toMatchObject({
        status: 'published',
        warnings: [],
      });
      expectPrefix(account, texts.length);
    });

    it('stays published, and says what is missing, when a person finds that the second is not there', async () => {
      const account = await connect();
      if (canTell()) {
        bench().fault({ kind: 'status', status: 400 }, { visible: true }, 2);
      } else {
        bench().fault({ kind: 'reset-before' }, { visible: true }, 2);
      }
      const { id, postId, status } = await bench().publish(account, draft);
      if (status === 'unconfirmed') {
        await bench().engine.resolve(id, { verdict: 'not_published', retry: false });
        await bench().rest();
      }
      expect(await bench().publication(postId)).toMatchObject({
        status: 'published',
        warnings: [expect.objectContaining({ code: 'incomplete' })],
      });
      expectPrefix(account, 1);
    });
  });
}

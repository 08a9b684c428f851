import type { Contract } from '../suite.js';

/**
 * A post that the platform calls a duplicate: one's own of a lost answer, or one that was said before. What people see has to be
 * listed later than two looks after the first call take, and sooner than the looks after the second.
 */
export function describeDuplicates({ key, bench }: Contract): void {
  const refused = { status: 'failed', error: { code: `${key}.duplicate` } };

  it('finds its own post behind the word "duplicate" when two looks came too early', async () => {
    const account = await bench().connect();
    bench().fault({ kind: 'reset-after' });
    const publication = await bench().publish(account, { text: 'Said once' });
    const [seen] = bench().inbox(account);
    expect(publication).toMatchObject({ status: 'published', platformPostId: seen?.postId });
    expect(bench().inbox(account)).toHaveLength(1);
    expect(bench().visibleCalls()).toHaveLength(2);
  });

  it('refuses what was said before at once', async () => {
    const account = await bench().connect();
    await bench().publish(account, { text: 'Said twice' });
    const again = await bench().publish(account, { text: 'Said twice' });
    expect(again).toMatchObject(refused);
    expect(bench().visibleCalls()).toHaveLength(2);
  });

  it('looks once, not again and again, when there is nothing of its own', async () => {
    const account = await bench().connect();
    await bench().publish(account, { text: 'Said before' });
    bench().fault({ kind: 'reset-before' });
    const again = await bench().publish(account, { text: 'Said before' });
    expect(again).toMatchObject(refused);
    // The one that was lost, the one that was looked behind, and the one that is believed.
    expect(bench().visibleCalls()).toHaveLength(4);
    expect(bench().inbox(account)).toHaveLength(1);
  });
}

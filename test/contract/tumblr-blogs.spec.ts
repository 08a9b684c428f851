import type { Connected } from '../support/contract/bench.js';
import type { Profile } from '../support/contract/profile.js';
import { profile } from '../support/contract/profiles/tumblr.profile.js';
import { describeContract, type Contract } from '../support/contract/suite.js';

/** Users with two blogs, which are connected together; what is answered is the one that is connected first. */
const twoBlogs: Profile = {
  ...profile,
  newAccount: (control, no) => {
    const one = profile.newAccount(control, no);
    const two = control.createAccount('tumblr', { name: `second-${no}`, with: `person-${no}` });
    return one.id < two.id ? one : two;
  },
};

/** One login gives both blogs the same refresh token, and Tumblr takes each only once. */
function describeBlogs({ bench }: Contract): void {
  const otherThan = async (first: Connected): Promise<Connected> => {
    const rows = await bench().engine.rows(
      `SELECT id, external_id FROM accounts WHERE platform = 'tumblr' AND id <> $1`,
      [first.id],
    );
    const [row] = rows;
    const there = bench()
      .control.accounts('tumblr')
      .find(({ id }) => id === row?.['external_id']);
    if (there === undefined) throw new Error('the second blog is not connected');
    return { id: String(row?.['id']), there };
  };

  it('both blogs of a user stay connected when one of them has renewed the login', async () => {
    const first = await bench().connect();
    const second = await otherThan(first);
    // The bench knows the ledger of the first one only.
    bench().loseLedger();
    for (const account of [first, second, first]) {
      const text = `Number ${bench().visibleCalls().length}`;
      bench().control.endTokens('tumblr', account.there.id, 'expire');
      expect(await bench().publish(account, { text })).toMatchObject({ status: 'published', error: null });
      expect(bench().inbox(account).at(-1)).toMatchObject({ text });
    }
  });
}

describeContract({ key: 'tumblr', profile: twoBlogs, name: 'tumblr (two blogs of one user)' }, [
  describeBlogs,
]);

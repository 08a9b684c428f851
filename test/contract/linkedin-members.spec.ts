import type { Profile } from '../support/contract/profile.js';
import { connect, newMember } from '../support/contract/profiles/linkedin.accounts.js';
import { profile } from '../support/contract/profiles/linkedin.profile.js';
import { webFaults } from '../support/contract/profiles/web-faults.js';
import { describeContract, type Contract } from '../support/contract/suite.js';
import { describeConnecting } from '../support/contract/suites/connecting.suite.js';
import { describeFaults } from '../support/contract/suites/faults.suite.js';
import { describeLedger } from '../support/contract/suites/ledger.suite.js';

/** People: apps see no list of their posts, so that only a person can tell what became of a call; and no partner's app. */
const members: Profile = {
  ...profile,
  simulator: { ...profile.simulator, refreshTokens: false },
  newAccount: newMember,
  connect,
  faults: webFaults(false),
  auth: profile.auth.map((one) => ({ ...one, then: 'expired' })),
};

/** It needs another post first, which no kind of the profile can name. */
function describeReshare({ bench }: Contract): void {
  it('a post is shared with words of one’s own', async () => {
    const one = await bench().connect();
    await bench().publish(one, { text: 'Worth sharing' });
    const [shared] = bench().inbox(one);
    const other = await bench().connect();
    const settings = { reshareOf: shared?.postId ?? '' };
    expect(await bench().publish(other, { text: 'Have you seen this?', settings })).toMatchObject({
      status: 'published',
    });
    expect(bench().inbox(other)).toMatchObject([
      { text: 'Have you seen this?', extra: { reshareOf: shared?.postId } },
    ]);
  });
}

describeContract({ key: 'linkedin', profile: members, name: 'linkedin (members)' }, [
  describeConnecting,
  describeFaults,
  describeLedger,
  describeReshare,
]);

import type { Draft } from '../support/contract/profile.js';
import { profile } from '../support/contract/profiles/tiktok.profile.js';
import { image } from '../support/contract/samples.js';
import { describeContract, type Contract } from '../support/contract/suite.js';

const menu: Draft = {
  text: 'The menu',
  media: [image(1), image(2)],
  settings: { privacyLevel: 'PUBLIC_TO_EVERYONE' },
};

/** Posts are listed under other ids than those that Fanfare knows them by. */
function describeSameWords({ bench }: Contract): void {
  it('takes no photos of another publication for those whose answer was lost', async () => {
    const account = await bench().connect();
    const first = await bench().publish(account, menu);
    expect(first).toMatchObject({ status: 'published', permalink: expect.stringContaining('/photo/') });
    bench().fault({ kind: 'reset-before' });
    const second = await bench().publish(account, menu);
    expect(second).toMatchObject({ status: 'unconfirmed', platformPostId: null });
    expect(bench().inbox(account)).toHaveLength(1);
  });
}

describeContract({ key: 'tiktok', profile, name: 'tiktok (same words)' }, [describeSameWords]);

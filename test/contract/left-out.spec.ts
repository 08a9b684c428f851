import type { Profile } from '../support/contract/profile.js';
import { profile as facebook } from '../support/contract/profiles/facebook.profile.js';
import { profile as linkedin } from '../support/contract/profiles/linkedin.profile.js';
import { profile as threads } from '../support/contract/profiles/threads.profile.js';
import { profile as x } from '../support/contract/profiles/x.profile.js';
import { describeContract, type Contract } from '../support/contract/suite.js';

const draft = { text: 'The post', settings: { firstComment: 'The comment' } };

/** A first comment that the platform refuses, while the post itself is out. */
function describeLeftOut({ bench, profile }: Contract): void {
  const refuseComment = () => {
    bench().fault({ kind: 'status', status: profile.refusal }, { visible: true }, 2);
  };

  it('is left out where the post may do without, and told', async () => {
    const account = await bench().connect();
    refuseComment();
    const policy = { degrade: ['first_comment'] as const };
    const publication = await bench().publish(account, { ...draft, policy });
    expect(publication).toMatchObject({ status: 'published', warnings: [{ code: 'first_comment_dropped' }] });
    expect(bench().inbox(account)).toHaveLength(1);
  });

  it('makes the post incomplete elsewhere', async () => {
    const account = await bench().connect();
    refuseComment();
    const publication = await bench().publish(account, draft);
    expect(publication).toMatchObject({ status: 'published', warnings: [{ code: 'incomplete' }] });
    expect(bench().inbox(account)).toHaveLength(1);
  });
}

const profiles: Readonly<Record<string, Profile>> = { facebook, linkedin, threads, x };
for (const [key, profile] of Object.entries(profiles))
  describeContract({ key, profile, name: `${key} (a first comment that is refused)` }, [describeLeftOut]);

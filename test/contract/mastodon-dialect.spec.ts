import type { Profile } from '../support/contract/profile.js';
import { profile } from '../support/contract/profiles/mastodon.profile.js';
import { describeContract } from '../support/contract/suite.js';
import { describeFaults } from '../support/contract/suites/faults.suite.js';
import { describeSeveral } from '../support/contract/suites/several.suite.js';
import { describeTakeover } from '../support/contract/suites/takeover.suite.js';

/** A server that speaks the API and ignores the Idempotency-Key: what became of a call is looked up among the posts. */
const dialect: Profile = {
  ...profile,
  lateCalls: 'beyond_telling',
  simulator: {
    ...profile.simulator,
    software: 'pleroma',
    version: '2.7.2 (compatible; Pleroma 2.6.0)',
    idempotencyKeys: false,
    // Longer than a look takes, shorter than the settling delay.
    readLagMs: 10_000,
  },
};

describeContract({ key: 'mastodon', profile: dialect, name: 'mastodon (dialect)' }, [
  describeFaults,
  describeSeveral,
  describeTakeover,
]);

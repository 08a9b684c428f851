import { profile } from '../support/contract/profiles/mastodon.profile.js';
import { describeContract } from '../support/contract/suite.js';
import { describeFaults } from '../support/contract/suites/faults.suite.js';
import { describeSeveral } from '../support/contract/suites/several.suite.js';
import { describeTakeover, takeoverCases } from '../support/contract/suites/takeover.suite.js';

/** A server that speaks the API and ignores the Idempotency-Key: what became of a call is looked up among the posts. */
const dialect = {
  ...profile,
  simulator: {
    ...profile.simulator,
    software: 'pleroma',
    version: '2.7.2 (compatible; Pleroma 2.6.0)',
    idempotencyKeys: false,
    // Longer than a look takes, shorter than the settling delay.
    readLagMs: 10_000,
  },
};

// A call that acts after two looks a settling delay apart have found nothing is beyond what a list can tell (protocol.md §4).
const tellable = takeoverCases.filter(({ position, release }) => position === 'after' || release === 'drop');

describeContract({ key: 'mastodon', profile: dialect, name: 'mastodon (dialect)' }, [
  describeFaults,
  describeSeveral,
  (contract) => describeTakeover(contract, tellable),
]);

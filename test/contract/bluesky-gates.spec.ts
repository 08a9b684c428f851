import type { Profile } from '../support/contract/profile.js';
import { gates } from '../support/contract/profiles/bluesky.errors.js';
import { profile } from '../support/contract/profiles/bluesky.profile.js';
import { describeContract } from '../support/contract/suite.js';
import { describeFaults } from '../support/contract/suites/faults.suite.js';
import { describeTakeover } from '../support/contract/suites/takeover.suite.js';

/** Posts that are written together with what says who may reply and quote: by another call, which cannot be repeated. */
const gated: Profile = { ...profile, plain: (text) => ({ text, settings: gates }) };

describeContract({ key: 'bluesky', profile: gated, name: 'bluesky (posts with gates)' }, [
  describeFaults,
  describeTakeover,
]);

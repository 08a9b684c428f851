import type { Profile } from '../support/contract/profile.js';
import { profile } from '../support/contract/profiles/x.profile.js';
import { describeContract } from '../support/contract/suite.js';
import { describeDuplicates } from '../support/contract/suites/duplicates.suite.js';

/** Longer than two looks after the first call take, and shorter than the looks after the second. */
const readLagMs = 200_000;
const slow: Profile = { ...profile, simulator: { ...profile.simulator, readLagMs } };

describeContract({ key: 'x', profile: slow, name: 'x (duplicates)' }, [describeDuplicates]);

// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/x.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('x', profile);

// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/linkedin.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('linkedin', profile);

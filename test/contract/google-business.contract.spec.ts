// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/google-business.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('google-business', profile);

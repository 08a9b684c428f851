// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/facebook.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('facebook', profile);

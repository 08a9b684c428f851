// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/pinterest.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('pinterest', profile);

// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/instagram.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('instagram', profile);

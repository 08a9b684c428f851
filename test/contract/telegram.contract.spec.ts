// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/telegram.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('telegram', profile);

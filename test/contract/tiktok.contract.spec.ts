// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/tiktok.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('tiktok', profile);

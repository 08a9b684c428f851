// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/bluesky.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('bluesky', profile);

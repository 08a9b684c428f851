// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/youtube.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('youtube', profile);

// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/tumblr.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('tumblr', profile);

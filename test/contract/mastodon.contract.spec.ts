// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/mastodon.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('mastodon', profile);

// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/threads.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('threads', profile);

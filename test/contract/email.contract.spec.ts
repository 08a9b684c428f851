// Made by scripts/platform-files.mjs.
import { profile } from '../support/contract/profiles/email.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('email', profile);

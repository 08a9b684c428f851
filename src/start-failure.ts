import { ConfigError } from './common/config/index.js';
import { CommandError } from './cli/command.js';
import { AddressInUseError } from './listening.js';
import { PlatformWiringError } from './platforms/core/index.js';

/** Their messages say everything that a person needs. */
const plain = [ConfigError, AddressInUseError, CommandError, PlatformWiringError];

/** Why the process did not start: a sentence where a person can mend it, else everything that is known. */
export function explainStartFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return plain.some((type) => error instanceof type) ? error.message : (error.stack ?? error.message);
}

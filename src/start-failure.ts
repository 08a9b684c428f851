import { ConfigError } from './common/config/index.js';
import { AddressInUseError } from './listening.js';

/** Why the process did not start: a sentence where a person can mend it, else everything that is known. */
export function explainStartFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof AddressInUseError) return error.message;
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}

import type { JsonObject } from '../../../../src/platforms/core/index.js';
import type { PlatformAccount, SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';

/** What the next account is to be like: a kind of post may need a private one. */
let wanted: JsonObject = {};

export function nextAccountIs(traits: JsonObject): void {
  wanted = traits;
}

export function newAccount(control: SandboxControl, no: number): PlatformAccount {
  const traits = wanted;
  wanted = {};
  return control.createAccount('tiktok', { username: `person${no}`, name: `Person ${no}`, ...traits });
}

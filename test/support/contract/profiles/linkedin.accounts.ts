import type { PlatformAccount, SandboxControl } from '../../../../src/sandbox/control/sandbox.control.js';
import type { ConnectInput } from '../profile.js';

type Kind = 'organization' | 'person';

let next: Kind = 'organization';

/** The next account that is made is a member's. */
export function asPerson(): void {
  next = 'person';
}

/** An organization with a manager of its own, unless a kind of post wants a member. */
export function newAccount(control: SandboxControl, no: number): PlatformAccount {
  const kind = next;
  next = 'organization';
  return control.createAccount('linkedin', { kind, name: `Account ${no}` });
}

export function newMember(control: SandboxControl, no: number): PlatformAccount {
  return control.createAccount('linkedin', { kind: 'person', name: `Member ${no}` });
}

export function connect({ id, credentials }: PlatformAccount): ConnectInput {
  const access = credentials['access'] ?? '';
  return { method: 'oauth', fields: { access }, person: credentials['login'] ?? id };
}

import { booleanAt, numberAt, stringAt, type JsonObject } from '../core/json.js';
import {
  InvalidInput,
  type SandboxAccount,
  type Simulator,
  type SimulatorFactory,
} from '../core/simulator.js';
import { loginParts } from '../core/simulator.parts.js';
import { creatorOperations } from './creator.operations.js';
import { initOperations } from './init.operations.js';
import { readingOperations } from './reading.operations.js';
import { statusOperations } from './status.operations.js';
import { codeOf, envelope } from './tiktok.errors.js';
import { inboxOf } from './tiktok.inbox.js';
import type { Person } from './tiktok.person.js';
import { TiktokState } from './tiktok.state.js';
import { uploadOperations } from './upload.operations.js';

export const createTiktokSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new TiktokState(environment);
  return {
    ...loginParts('tiktok', state),
    key: 'tiktok',
    name: 'TikTok',
    hosts: ['API', 'AUTH'],
    operations: [
      ...state.oauth.operations(),
      ...creatorOperations(state),
      ...initOperations(state),
      ...uploadOperations(state),
      ...statusOperations(state),
      ...readingOperations(state),
    ],
    inbox: () => inboxOf(state),
    accounts: () => state.people.map(describePerson),
    createAccount: (input) => createAccount(state, input),
    renderError: (status, message) => envelope(status, {}, codeOf(status), message),
  };
};

/** A new account, or other rights for one that is there. */
function createAccount(state: TiktokState, input: JsonObject): SandboxAccount {
  const username = stringAt(input, 'username') ?? `person${state.people.length + 1}`;
  if (!/^[a-z0-9._]{2,24}$/.test(username)) {
    throw new InvalidInput('tiktok: a username has 2 to 24 small letters, digits, dots and underscores');
  }
  const known = state.people.find((candidate) => candidate.username === username);
  const person = known ?? state.add(username, stringAt(input, 'name') ?? username);
  person.private = booleanAt(input, 'private') ?? person.private;
  person.commentDisabled = booleanAt(input, 'commentDisabled') ?? person.commentDisabled;
  person.duetDisabled = booleanAt(input, 'duetDisabled') ?? person.duetDisabled;
  person.stitchDisabled = booleanAt(input, 'stitchDisabled') ?? person.stitchDisabled;
  person.maxDurationSec = numberAt(input, 'maxDurationSec') ?? person.maxDurationSec;
  person.banned = booleanAt(input, 'banned') ?? person.banned;
  person.oldApp = booleanAt(input, 'oldApp') ?? person.oldApp;
  return describePerson(person);
}

/** Whoever connects logs in at the consent page; there is nothing to type. */
function describePerson({ id, name, username, private: isPrivate }: Person): SandboxAccount {
  return { id, name, credentials: {}, details: { username, private: isPrivate } };
}

import { arrayAt, booleanAt, isJsonObject, stringAt, type JsonObject } from '../core/json.js';
import {
  InvalidInput,
  type SandboxAccount,
  type Simulator,
  type SimulatorFactory,
} from '../core/simulator.js';
import { loginParts } from '../core/simulator.parts.js';
import { wordsOnly } from './container.js';
import { containerOperations } from './container.operations.js';
import { graphError } from './graph.errors.js';
import { withVersion } from './graph.operation.js';
import { insightsOperations } from './insights.operations.js';
import { publishOperations } from './publish.operations.js';
import { readingOperations } from './reading.operations.js';
import { inboxOf } from './threads.inbox.js';
import type { Person } from './threads.person.js';
import { ThreadsState } from './threads.state.js';
import { tokenOperations } from './token.operations.js';

export const createThreadsSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new ThreadsState(environment);
  return {
    ...loginParts('threads', state),
    key: 'threads',
    name: 'Threads',
    hosts: ['API', 'AUTH'],
    operations: withVersion([
      ...tokenOperations(state),
      ...containerOperations(state),
      ...publishOperations(state),
      ...insightsOperations(state),
      ...readingOperations(state),
    ]),
    inbox: () => inboxOf(state),
    accounts: () => state.people.map(describe),
    createAccount: (input) => createAccount(state, input),
    renderError: (status, message) => graphError({ status, code: codeOf(status), message }),
  };
};

/** A new account, or other rights for one that is there. */
function createAccount(state: ThreadsState, input: JsonObject): SandboxAccount {
  const username = stringAt(input, 'username') ?? `person${state.people.length + 1}`;
  if (!/^[a-z0-9._]{1,30}$/.test(username)) {
    throw new InvalidInput('threads: a username has small letters, digits, dots and underscores');
  }
  const known = state.people.find((candidate) => candidate.username === username);
  const person = known ?? state.add({ username, name: stringAt(input, 'name') ?? username });
  person.restricted = booleanAt(input, 'restricted') ?? person.restricted;
  person.geoGating = booleanAt(input, 'geoGating') ?? person.geoGating;
  for (const post of (arrayAt(input, 'posts') ?? []).filter(isJsonObject)) {
    state.publish(person.id, wordsOnly(stringAt(post, 'text') ?? ''), null, stringAt(post, 'id'));
  }
  return describe(person);
}

/** Whoever connects logs in at the consent page; there is nothing to type. */
function describe({ id, name, username, restricted, geoGating }: Person): SandboxAccount {
  return { id, name, credentials: {}, details: { username, restricted, geoGating } };
}

function codeOf(status: number): number {
  if (status === 401) return 190;
  if (status === 429) return 4;
  return status >= 500 ? 2 : 100;
}

import { booleanAt, numberAt, stringAt, type JsonObject } from '../core/json.js';
import { changeSettings } from '../core/settings.js';
import {
  InvalidInput,
  type SandboxAccount,
  type Simulator,
  type SimulatorFactory,
} from '../core/simulator.js';
import { containerOperations } from './container.operations.js';
import { facebookOperations } from './facebook.operations.js';
import { renderError } from './graph.errors.js';
import { insightsOperations } from './insights.operations.js';
import { inboxOf } from './instagram.inbox.js';
import { FACEBOOK_APP } from './instagram.oauth.js';
import { ACCOUNT_TYPES, type NewPerson, type Person } from './instagram.person.js';
import { InstagramState } from './instagram.state.js';
import { publishOperations } from './publish.operations.js';
import { readingOperations } from './reading.operations.js';
import { tokenOperations } from './token.operations.js';
import { uploadOperations } from './upload.operations.js';

/** Instagram for professional accounts, by its own login and by Facebook's. */
export const createInstagramSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new InstagramState(environment);
  return {
    key: 'instagram',
    name: 'Instagram',
    hosts: ['API', 'TOKEN', 'AUTH', 'GRAPH', 'DIALOG', 'UPLOAD'],
    operations: [
      ...tokenOperations(state),
      ...facebookOperations(state),
      ...containerOperations(state),
      ...uploadOperations(state),
      ...publishOperations(state),
      ...insightsOperations(state),
      ...readingOperations(state),
    ],
    reset: () => {
      state.reset();
    },
    inbox: () => inboxOf(state),
    accounts: () => state.people.map(describe),
    createAccount: (input) => describe(createAccount(state, input)),
    endTokens: (account, action) => {
      const person = state.person(account);
      if (person !== undefined) state.endTokens(person, action);
      return person !== undefined;
    },
    configure: (changes) => {
      const settings = changeSettings('instagram', state.settings, changes);
      if (!['flat', 'data'].includes(settings.tokenShape)) {
        throw new InvalidInput('instagram: tokenShape is flat or data');
      }
      state.settings = settings;
      return { ...settings };
    },
    environment: () => ({
      ...state.instagram.environment('instagram'),
      PLATFORM_INSTAGRAM_FACEBOOK_CLIENT_ID: FACEBOOK_APP.clientId,
      PLATFORM_INSTAGRAM_FACEBOOK_CLIENT_SECRET: FACEBOOK_APP.clientSecret,
    }),
    renderError,
  };
};

/** A new account, or other rights for one that is there. */
function createAccount(state: InstagramState, input: JsonObject): Person {
  const username = stringAt(input, 'username') ?? `person${state.people.length + 1}`;
  if (!/^[a-z0-9._]{1,30}$/.test(username)) {
    throw new InvalidInput('instagram: a username has small letters, digits, dots and underscores');
  }
  const known = state.people.find((candidate) => candidate.username === username);
  const person = known ?? state.add(wantedOf(state, input, username));
  person.restricted = booleanAt(input, 'restricted') ?? person.restricted;
  person.blocked = booleanAt(input, 'blocked') ?? person.blocked;
  person.tester = booleanAt(input, 'tester') ?? person.tester;
  person.followers = numberAt(input, 'followers') ?? person.followers;
  return person;
}

function wantedOf(state: InstagramState, input: JsonObject, username: string): NewPerson {
  const accountType = ACCOUNT_TYPES.find((type) => type === (stringAt(input, 'accountType') ?? 'BUSINESS'));
  if (accountType === undefined) {
    throw new InvalidInput(`instagram: accountType must be one of ${ACCOUNT_TYPES.join(', ')}`);
  }
  const other = stringAt(input, 'with');
  const sibling = other === undefined ? undefined : state.person(other);
  if (other !== undefined && sibling === undefined) throw new InvalidInput(`instagram: no account ${other}`);
  return {
    ...{ username, accountType, name: stringAt(input, 'name') ?? username },
    linked: booleanAt(input, 'linked') ?? true,
    ...(sibling === undefined ? {} : { with: sibling }),
  };
}

/** Whoever connects logs in at the consent page; there is nothing to type. */
function describe(person: Person): SandboxAccount {
  const { id, name, username, accountType, pageId, facebook, restricted, blocked, tester } = person;
  const rights = { restricted, blocked, tester };
  return {
    ...{ id, name, credentials: {} },
    details: { username, accountType, pageId, facebookUser: facebook.id, ...rights },
  };
}

import { booleanAt, stringAt, type JsonObject } from '../core/json.js';
import {
  InvalidInput,
  type SandboxAccount,
  type Simulator,
  type SimulatorFactory,
} from '../core/simulator.js';
import { stateParts } from '../core/simulator.parts.js';
import type { Location } from './business.directory.js';
import { directoryOperations } from './directory.operations.js';
import { inboxOf } from './google-business.inbox.js';
import { GoogleBusinessState } from './google-business.state.js';
import { googleError } from './google.errors.js';
import { oauthOperations } from './google.oauth.js';
import { performanceOperations } from './performance.operations.js';
import { postOperations } from './post.operations.js';

/** Locations, their local posts, and the four APIs that they are spread over. */
export const createGoogleBusinessSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new GoogleBusinessState(environment);
  return {
    ...stateParts('google-business', state),
    key: 'google-business',
    name: 'Google Business Profile',
    hosts: ['API', 'ACCOUNTS', 'INFORMATION', 'PERFORMANCE', 'AUTH', 'TOKEN'],
    operations: [
      ...oauthOperations(state),
      ...directoryOperations(state),
      ...postOperations(state),
      ...performanceOperations(state),
    ],
    inbox: () => inboxOf(state),
    accounts: () => state.directory.locations.map((location) => describe(state, location)),
    createAccount: (input) => describe(state, createLocation(state, input)),
    endTokens: (account, action) => {
      const owner = ownerOf(state, account);
      if (owner === undefined) return false;
      state.endGrant(owner, action);
      return true;
    },
    environment: () => state.oauth.environment('google-business'),
    renderError: (status, message) => googleError(status, message),
  };
};

/** A new location, of a new person unless one is named; or other rights for one that is there. */
function createLocation(state: GoogleBusinessState, input: JsonObject): Location {
  const { directory } = state;
  const title = stringAt(input, 'name') ?? `Shop ${directory.locations.length + 1}`;
  const known = directory.locations.find((candidate) => candidate.title === title);
  const location = known ?? directory.addLocation(title, directory.accountsOf(personOf(state, input, title)));
  location.canOperateLocalPost = booleanAt(input, 'canOperateLocalPost') ?? location.canOperateLocalPost;
  location.hasVoiceOfMerchant = booleanAt(input, 'hasVoiceOfMerchant') ?? location.hasVoiceOfMerchant;
  location.managed = booleanAt(input, 'managed') ?? location.managed;
  return location;
}

function personOf({ directory }: GoogleBusinessState, input: JsonObject, title: string) {
  const named = stringAt(input, 'person');
  if (named === undefined) return directory.addPerson(`Owner of ${title}`);
  const person = directory.people.find(({ id, name }) => id === named || name === named);
  if (person === undefined) throw new InvalidInput(`google-business: there is no person ${named}`);
  return person;
}

/** By location or by person. */
function ownerOf({ directory }: GoogleBusinessState, account: string): string | undefined {
  const location = directory.location(account);
  if (location !== undefined) return directory.ownerOf(location)?.id;
  return directory.people.find(({ id }) => id === account)?.id;
}

function describe(state: GoogleBusinessState, location: Location): SandboxAccount {
  const { id, title: name } = location;
  const login = state.directory.ownerOf(location)?.id ?? '';
  return { id, name, credentials: { login }, details: state.describe(location) };
}

import { arrayAt, booleanAt, isJsonObject, stringAt, type JsonObject } from '../core/json.js';
import {
  InvalidInput,
  type SandboxAccount,
  type Simulator,
  type SimulatorFactory,
} from '../core/simulator.js';
import { stateParts } from '../core/simulator.parts.js';
import { assetOperations } from './asset.operations.js';
import { directoryOperations } from './directory.operations.js';
import { renderError } from './linkedin.errors.js';
import { inboxOf } from './linkedin.inbox.js';
import { urnOf, type Actor } from './linkedin.members.js';
import { oauthOperations } from './linkedin.oauth.js';
import { LinkedinState } from './linkedin.state.js';
import { postOperations } from './post.operations.js';
import { readingOperations } from './reading.operations.js';
import { socialOperations } from './social.operations.js';
import { statisticsOperations } from './statistics.operations.js';

/** Members, the organizations that they manage, and the versioned API. */
export const createLinkedinSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new LinkedinState(environment);
  return {
    ...stateParts('linkedin', state),
    key: 'linkedin',
    name: 'LinkedIn',
    hosts: ['API', 'AUTH'],
    operations: [
      ...oauthOperations(state),
      ...directoryOperations(state),
      ...assetOperations(state),
      ...postOperations(state),
      ...readingOperations(state),
      ...socialOperations(state),
      ...statisticsOperations(state),
    ],
    inbox: () => inboxOf(state),
    accounts: () => [...state.members.people, ...state.members.organizations].map(describe),
    createAccount: (input) => {
      const actor = accountOf(state, input);
      for (const post of (arrayAt(input, 'posts') ?? []).filter(isJsonObject)) write(state, actor, post);
      return describe(actor);
    },
    endTokens: (account, action) => {
      const actor = state.members.find(account);
      if (actor === undefined) return false;
      state.oauth.end(actor.kind === 'organization' ? actor.admin : actor.id, action);
      return true;
    },
    environment: () => state.oauth.environment('linkedin'),
    renderError,
  };
};

/** A new member or organization, or another state of one that exists. */
function accountOf(state: LinkedinState, input: JsonObject): Actor {
  const id = stringAt(input, 'id');
  if (id !== undefined) return changed(state, id, booleanAt(input, 'restricted') ?? false);
  const kind = stringAt(input, 'kind') ?? 'person';
  const name = stringAt(input, 'name') ?? 'Somebody';
  if (kind === 'person') return state.members.addPerson(name);
  if (kind !== 'organization') throw new InvalidInput(`linkedin: an account is a person or an organization`);
  const named = stringAt(input, 'admin');
  const admin =
    named === undefined ? state.members.addPerson(`Manager of ${name}`) : state.members.person(named);
  if (admin === undefined) throw new InvalidInput(`linkedin has no person ${named ?? ''}`);
  return state.members.addOrganization(name, admin.id, stringAt(input, 'role') ?? 'ADMINISTRATOR');
}

function changed(state: LinkedinState, id: string, restricted: boolean): Actor {
  const person = state.members.person(id);
  if (person === undefined) throw new InvalidInput(`linkedin has no person ${id}`);
  person.restricted = restricted;
  return person;
}

/** As if the account had written it at the platform's own page. */
function write(state: LinkedinState, actor: Actor, post: JsonObject): void {
  const urn = stringAt(post, 'urn') ?? `urn:li:share:${state.posts.nextId()}`;
  state.posts.put(urn, {
    ...{ author: urnOf(actor), commentary: stringAt(post, 'text') ?? '', visibility: 'PUBLIC' },
    ...{ distribution: { feedDistribution: 'MAIN_FEED' }, content: null, parent: null, resharable: true },
  });
}

/** Whoever connects logs in at the consent page, for an organization the member who manages it. */
function describe(actor: Actor): SandboxAccount {
  const { id, name, kind } = actor;
  const details = { kind, urn: urnOf(actor) };
  if (actor.kind === 'person') return { id, name, credentials: { access: 'people' }, details };
  const { admin, role, vanityName } = actor;
  const credentials = { access: 'people and organizations', login: admin };
  return { id, name, credentials, details: { ...details, admin, role, vanityName } };
}

import type { Simulator, SimulatorFactory } from '../core/simulator.js';
import { loginParts } from '../core/simulator.parts.js';
import { insightOperations } from './insights.operations.js';
import { mediaOperations } from './media.operations.js';
import { postOperations } from './post.operations.js';
import { readingOperations } from './reading.operations.js';
import { renderError } from './x.errors.js';
import { inboxOf } from './x.inbox.js';
import { oauthOperations } from './x.oauth.js';
import { describePerson } from './x.person.js';
import { XState } from './x.state.js';

/** X by its API v2. */
export const createXSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new XState(environment);
  return {
    ...loginParts('x', state),
    key: 'x',
    name: 'X',
    hosts: ['API', 'AUTH'],
    operations: [
      ...oauthOperations(state.oauth),
      ...mediaOperations(state),
      ...postOperations(state),
      ...insightOperations(state),
      ...readingOperations(state),
    ],
    inbox: () => inboxOf(state),
    accounts: () => state.people.map(describePerson),
    createAccount: (input) => describePerson(state.put(input)),
    renderError,
  };
};

import type { Simulator, SimulatorFactory } from '../core/simulator.js';
import { loginParts } from '../core/simulator.parts.js';
import { describePerson } from './account.input.js';
import { accountOperations } from './account.operations.js';
import { analyticsOperations } from './analytics.operations.js';
import { boardOperations } from './board.operations.js';
import { mediaOperations } from './media.operations.js';
import { renderError } from './pinterest.errors.js';
import { inboxOf } from './pinterest.inbox.js';
import { oauthOperations } from './pinterest.oauth.js';
import { PinterestState } from './pinterest.state.js';
import { pinOperations } from './pin.operations.js';

/** Pinterest by its API v5. */
export const createPinterestSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new PinterestState(environment);
  return {
    ...loginParts('pinterest', state),
    key: 'pinterest',
    name: 'Pinterest',
    hosts: ['API', 'AUTH'],
    operations: [
      ...oauthOperations(state.oauth),
      ...accountOperations(state),
      ...analyticsOperations(state),
      ...boardOperations(state),
      ...mediaOperations(state),
      ...pinOperations(state),
    ],
    inbox: () => inboxOf(state),
    accounts: () => state.people.map((person) => describePerson(state, person)),
    createAccount: (input) => describePerson(state, state.add(input)),
    renderError,
  };
};

import { arrayAt, describeJson, stringAt, type JsonObject } from '../core/json.js';
import {
  InvalidInput,
  type SandboxAccount,
  type Simulator,
  type SimulatorFactory,
} from '../core/simulator.js';
import { stateParts } from '../core/simulator.parts.js';
import { accountOperations } from './account.operations.js';
import { commentOperations } from './comment.operations.js';
import { deletionOperations } from './deletion.operations.js';
import { renderError } from './facebook.errors.js';
import { inboxOf } from './facebook.inbox.js';
import type { Page } from './facebook.model.js';
import { FacebookState } from './facebook.state.js';
import { feedOperations } from './feed.operations.js';
import { insightOperations } from './insight.operations.js';
import { loginOperations } from './login.operations.js';
import { photoOperations } from './photo.operations.js';
import { readingOperations } from './reading.operations.js';
import { reelOperations } from './reel.operations.js';
import { videoOperations } from './video.operations.js';

const HELD: readonly Page['held'][] = ['role', 'owned', 'client'];

/** Facebook as far as pages go: login, Graph API, video uploads. */
export const createFacebookSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new FacebookState(environment);
  return {
    ...stateParts('facebook', state),
    key: 'facebook',
    name: 'Facebook Pages',
    hosts: ['API', 'AUTH', 'VIDEO', 'RUPLOAD'],
    operations: [
      ...loginOperations(state),
      ...accountOperations(state),
      ...feedOperations(state),
      ...photoOperations(state),
      ...videoOperations(state),
      ...reelOperations(state),
      ...commentOperations(state),
      ...insightOperations(state),
      ...deletionOperations(state),
      ...readingOperations(state),
    ],
    inbox: () => inboxOf(state),
    accounts: () => state.pages.map(describePage),
    createAccount: (input) => describePage(addPage(state, input)),
    endTokens: (account, action) => {
      const page = state.page(account);
      if (page !== undefined) state.endTokens(page, action);
      return page !== undefined;
    },
    environment: () => state.oauth.environment('facebook'),
    renderError,
  };
};

/** A page with a person of its own, or (`with`) one more page of somebody who has one. */
function addPage(state: FacebookState, input: JsonObject): Page {
  const held = HELD.find((way) => way === (stringAt(input, 'held') ?? 'role'));
  if (held === undefined) throw new InvalidInput(`facebook: held must be one of ${HELD.join(', ')}`);
  const other = stringAt(input, 'with');
  const sibling = other === undefined ? undefined : state.page(other);
  if (other !== undefined && sibling === undefined)
    throw new InvalidInput(`facebook: there is no page ${other}`);
  const tasks = arrayAt(input, 'tasks')?.map(describeJson);
  return state.addPage({
    name: stringAt(input, 'name') ?? 'A page',
    held,
    ...(tasks === undefined ? {} : { tasks }),
    ...(sibling === undefined ? {} : { with: sibling }),
  });
}

/** Whoever connects logs in at the consent page as the person of the page; there is nothing to type. */
function describePage({ id, name, user, held, tasks }: Page): SandboxAccount {
  return { id, name, credentials: {}, details: { user: user.id, held, tasks: [...tasks] } };
}

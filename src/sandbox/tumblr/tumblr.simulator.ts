import type { Simulator, SimulatorFactory } from '../core/simulator.js';
import { stateParts } from '../core/simulator.parts.js';
import { accountOperations } from './account.operations.js';
import { needsUserAgent } from './api.operation.js';
import { postOperations } from './post.operations.js';
import { readingOperations } from './reading.operations.js';
import { describeBlog } from './tumblr.blog.js';
import { refusal } from './tumblr.errors.js';
import { inboxOf } from './tumblr.inbox.js';
import { TumblrState } from './tumblr.state.js';

/** Tumblr by its API v2, with posts in its Neue Post Format. */
export const createTumblrSimulator: SimulatorFactory = (environment): Simulator => {
  const state = new TumblrState(environment);
  return {
    ...stateParts('tumblr', state),
    key: 'tumblr',
    name: 'Tumblr',
    hosts: ['API', 'AUTH'],
    operations: [
      ...state.oauth.operations(),
      ...accountOperations(state),
      ...postOperations(state),
      ...readingOperations(state),
    ].map(needsUserAgent),
    inbox: () => inboxOf(state),
    accounts: () => state.blogs.map(describeBlog),
    createAccount: (input) => describeBlog(state.put(input)),
    endTokens: (account, action) => {
      const blog = state.blog(account);
      if (blog !== undefined) state.endTokens(blog, action);
      return blog !== undefined;
    },
    environment: () => state.oauth.environment('tumblr'),
    renderError: (status, message) => refusal(status, 0, message),
  };
};

import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { json } from '../core/response.js';
import { apiOperation } from './api.operation.js';
import type { Person } from './pinterest.model.js';
import type { PinterestState } from './pinterest.state.js';

export function accountOperations(state: PinterestState): Operation[] {
  return [
    apiOperation(state, {
      name: 'user_account.get',
      method: 'GET',
      path: '/user_account',
      scopes: ['user_accounts:read'],
      category: 'org_read',
      run: ({ person }) => json(200, accountView(state, person)),
    }),
  ];
}

function accountView(state: PinterestState, { id, name, username, accountType }: Person): JsonObject {
  const boards = state.boards.filter(({ ownerId }) => ownerId === id);
  return {
    id,
    username,
    about: '',
    account_type: accountType,
    business_name: accountType === 'BUSINESS' ? name : null,
    profile_image: `https://i.pinimg.com/600x600_R/${id}.jpg`,
    website_url: '',
    board_count: boards.length,
    pin_count: state.pins.all().filter(({ ownerId }) => ownerId === id).length,
    follower_count: 0,
    following_count: 0,
    monthly_views: 0,
  };
}

import type { JsonObject } from '../core/json.js';

export type LoginStatus = 'active' | 'disabled' | 'pending' | 'unconfirmed';

export const LOGIN_PROBLEMS: Readonly<Record<Exclude<LoginStatus, 'active'>, string>> = {
  disabled: 'Your login is currently disabled',
  pending: 'Your login is currently pending approval',
  unconfirmed: 'Your login is missing a confirmed e-mail address',
};

export interface MastodonAccount {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  login: LoginStatus;
}

export function accountView(account: MastodonAccount, base: string, statusesCount: number): JsonObject {
  const { id, username, displayName } = account;
  const picture = `${base}/avatars/original/missing.png`;
  return {
    id,
    username,
    acct: username,
    display_name: displayName,
    locked: false,
    bot: false,
    created_at: '2024-01-01T00:00:00.000Z',
    note: '',
    url: `${base}/@${username}`,
    uri: `${base}/users/${username}`,
    avatar: picture,
    avatar_static: picture,
    followers_count: 0,
    following_count: 0,
    statuses_count: statusesCount,
    emojis: [],
    fields: [],
  };
}

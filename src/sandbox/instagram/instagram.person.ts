import type { JsonObject } from '../core/json.js';

/** Who logs in at Facebook. */
export interface FacebookUser {
  readonly id: string;
  readonly name: string;
}

export type AccountType = 'BUSINESS' | 'MEDIA_CREATOR' | 'PERSONAL';

export interface Person {
  /** Of the professional account: more than a double can hold. */
  readonly id: string;
  /** What the Instagram Login calls `id`: another one for every app. */
  readonly appScopedId: string;
  readonly username: string;
  readonly name: string;
  readonly accountType: AccountType;
  readonly facebook: FacebookUser;
  /** The page that it is linked with; null: there is no way by Facebook. */
  readonly pageId: string | null;
  /** Meta keeps the account from posting until its owner acts (25/2207050), or takes it for spam (4/2207051). */
  restricted: boolean;
  blocked: boolean;
  /** False: no tester, and the app is not approved. */
  tester: boolean;
  followers: number;
}

export interface NewPerson {
  readonly username: string;
  readonly name: string;
  readonly accountType?: AccountType;
  readonly linked?: boolean;
  /** The same person at Facebook as of that account. */
  readonly with?: Person;
}

export const ACCOUNT_TYPES: readonly AccountType[] = ['BUSINESS', 'MEDIA_CREATOR', 'PERSONAL'];
const FIRST_ID = 17_841_400_000_000_001n;
const FIRST_SCOPED = 25_100_000_000_000_003n;

export function personAt(index: number, wanted: NewPerson): Person {
  const step = BigInt(index) * 1002n;
  const { username, name, accountType = 'BUSINESS', linked = true } = wanted;
  const facebook = wanted.with?.facebook ?? { id: `1022${padded(index)}`, name: `${name} (person)` };
  return {
    id: String(FIRST_ID + step),
    appScopedId: String(FIRST_SCOPED + step),
    ...{ username, name, accountType, facebook },
    pageId: linked && accountType !== 'PERSONAL' ? `1000${padded(index)}` : null,
    ...{ restricted: false, blocked: false, tester: true, followers: 12 },
  };
}

/** What the account tells about itself, by either login. */
export function profileOf(person: Person, base: string, mediaCount: number): JsonObject {
  const { id, appScopedId, username, name, accountType } = person;
  return {
    id: appScopedId,
    user_id: id,
    ...{ username, name },
    account_type: accountType,
    profile_picture_url: `${base}/avatars/${username}.jpg`,
    biography: '',
    website: '',
    followers_count: person.followers,
    follows_count: 3,
    media_count: mediaCount,
  };
}

function padded(index: number): string {
  return String(index + 1).padStart(11, '0');
}

import type { JsonObject } from '../core/json.js';

export interface Person {
  /** More than a double can hold. */
  readonly id: string;
  readonly username: string;
  readonly name: string;
  /** Meta keeps the account from posting until its owner acts. */
  restricted: boolean;
  /** May show posts in some countries only. */
  geoGating: boolean;
}

const FIRST_ID = 25_000_000_000_000_001n;

export function personAt(index: number, { username, name }: Pick<Person, 'username' | 'name'>): Person {
  const id = String(FIRST_ID + BigInt(index) * 1002n);
  return { id, username, name, restricted: false, geoGating: false };
}

export function profileOf({ id, username, name, geoGating }: Person, base: string): JsonObject {
  return {
    id,
    username,
    name,
    threads_profile_picture_url: `${base}/avatars/${username}.jpg`,
    threads_biography: '',
    is_verified: false,
    is_eligible_for_geo_gating: geoGating,
  };
}

import { createHash } from 'node:crypto';

export const PRIVACY_LEVELS = [
  'PUBLIC_TO_EVERYONE',
  'MUTUAL_FOLLOW_FRIENDS',
  'FOLLOWER_OF_CREATOR',
  'SELF_ONLY',
] as const;

export type PrivacyLevel = (typeof PRIVACY_LEVELS)[number];

export interface Person {
  /** The `open_id`: of this person for this app. */
  readonly id: string;
  readonly username: string;
  readonly name: string;
  private: boolean;
  commentDisabled: boolean;
  duetDisabled: boolean;
  stitchDisabled: boolean;
  maxDurationSec: number;
  banned: boolean;
  /** The app on the phone is too old for pictures that are handed over as a draft. */
  oldApp: boolean;
}

const LONGEST_SEC = 600;

export function personAt(username: string, name: string): Person {
  const digest = createHash('sha256').update(`tiktok ${username}`).digest('base64url');
  return {
    ...{ id: `-000${digest.slice(0, 32)}`, username, name },
    ...{ private: false, commentDisabled: false, duetDisabled: false, stitchDisabled: false },
    ...{ maxDurationSec: LONGEST_SEC, banned: false, oldApp: false },
  };
}

/** Who may see a post is asked of each account: followers only where it is private, everyone only where it is not. */
export function privacyOptions(person: Person): PrivacyLevel[] {
  const closed = person.private ? 'PUBLIC_TO_EVERYONE' : 'FOLLOWER_OF_CREATOR';
  return PRIVACY_LEVELS.filter((level) => level !== closed);
}

import { booleanAt, stringAt, type JsonObject } from '../core/json.js';
import { InvalidInput, type SandboxAccount } from '../core/simulator.js';

const STATUSES = ['active', 'locked', 'suspended'] as const;
const SUBSCRIPTIONS = ['None', 'Basic', 'Premium', 'PremiumPlus'] as const;

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly createdAt: string;
  /** Decides how long a post may be. */
  subscription: (typeof SUBSCRIPTIONS)[number];
  status: (typeof STATUSES)[number];
  isProtected: boolean;
}

export type PersonInput = Omit<Person, 'id' | 'createdAt'>;

/** What `POST accounts` asks for. */
export function readPerson(input: JsonObject, known: Person | undefined): PersonInput {
  const name = stringAt(input, 'name') ?? known?.name ?? stringAt(input, 'username') ?? 'Somebody';
  const username = stringAt(input, 'username') ?? usernameOf(name);
  if (!/^\w{1,15}$/.test(username)) throw new InvalidInput('x: username has 1 to 15 letters, digits or _');
  return {
    name,
    username,
    subscription: oneOf(SUBSCRIPTIONS, input, 'subscription') ?? known?.subscription ?? 'None',
    status: oneOf(STATUSES, input, 'status') ?? known?.status ?? 'active',
    isProtected: booleanAt(input, 'protected') ?? known?.isProtected ?? false,
  };
}

export function usernameOf(name: string): string {
  return name.toLowerCase().replace(/\W+/g, '_').slice(0, 15);
}

function oneOf<T extends string>(values: readonly T[], input: JsonObject, key: string): T | undefined {
  const given = stringAt(input, key);
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given);
  if (found === undefined) throw new InvalidInput(`x: ${key} is one of ${values.join(', ')}`);
  return found;
}

/** Whoever connects logs in at the consent page; there is nothing to type. */
export function describePerson({
  id,
  name,
  username,
  subscription,
  status,
  isProtected,
}: Person): SandboxAccount {
  return { id, name, credentials: {}, details: { username, subscription, status, protected: isProtected } };
}

const FIELDS = [
  'created_at',
  'description',
  'id',
  'name',
  'profile_image_url',
  'protected',
  'subscription_type',
  'url',
  'username',
  'verified',
  'verified_type',
] as const;
export const USER_FIELDS: readonly string[] = FIELDS;

/** What the API tells of a person: id, name and user name, and what was asked for. */
export function personView(person: Person, asked: readonly string[]): JsonObject {
  const paying = person.subscription !== 'None';
  const all: JsonObject = {
    created_at: person.createdAt,
    description: '',
    id: person.id,
    name: person.name,
    profile_image_url: 'https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png',
    protected: person.isProtected,
    subscription_type: person.subscription,
    url: '',
    username: person.username,
    verified: paying,
    verified_type: paying ? 'blue' : 'none',
  };
  const shown = ['id', 'name', 'username', ...asked];
  return Object.fromEntries(Object.entries(all).filter(([key]) => shown.includes(key)));
}

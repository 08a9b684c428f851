import { createHash } from 'node:crypto';
import { booleanAt, stringAt, type JsonObject } from '../core/json.js';
import { InvalidInput, type SandboxAccount } from '../core/simulator.js';

const STATUSES = ['active', 'suspended', 'closed'] as const;
const LONG_UPLOADS = ['allowed', 'eligible', 'disallowed'] as const;

/** Whoever logs in is a channel: the one that was chosen at Google's consent page. */
export interface Channel {
  /** `UC…` */
  readonly id: string;
  readonly name: string;
  /** With its @. */
  readonly handle: string;
  readonly createdAt: string;
  /** `UU…`: the playlist of everything that was uploaded. */
  readonly uploadsId: string;
  status: (typeof STATUSES)[number];
  longUploads: (typeof LONG_UPLOADS)[number];
  /** Without it there are no thumbnails of one's own. */
  phoneVerified: boolean;
  /** False: a Google account that has never made a channel. */
  hasChannel: boolean;
}

type ChannelInput = Omit<Channel, 'id' | 'createdAt' | 'uploadsId'>;

/** What `POST accounts` asks for. */
export function readChannel(input: JsonObject, known: Channel | undefined): ChannelInput {
  const name = stringAt(input, 'name') ?? known?.name ?? 'Somebody';
  const handle = known?.handle ?? stringAt(input, 'handle') ?? `@${name.toLowerCase().replace(/\W+/g, '-')}`;
  if (!handle.startsWith('@')) throw new InvalidInput('youtube: handle begins with @');
  return {
    name,
    handle,
    status: oneOf(STATUSES, input, 'status') ?? known?.status ?? 'active',
    longUploads: oneOf(LONG_UPLOADS, input, 'longUploads') ?? known?.longUploads ?? 'allowed',
    phoneVerified: booleanAt(input, 'phoneVerified') ?? known?.phoneVerified ?? true,
    hasChannel: booleanAt(input, 'hasChannel') ?? known?.hasChannel ?? true,
  };
}

function oneOf<T extends string>(values: readonly T[], input: JsonObject, key: string): T | undefined {
  const given = stringAt(input, key);
  if (given === undefined) return undefined;
  const found = values.find((value) => value === given);
  if (found === undefined) throw new InvalidInput(`youtube: ${key} is one of ${values.join(', ')}`);
  return found;
}

/** Letters as YouTube's ids have them, the same again after a reset. */
export function youtubeId(kind: string, no: number, length: number): string {
  return createHash('sha256').update(`${kind} ${no}`).digest('base64url').slice(0, length);
}

/** Whoever connects logs in at the consent page; there is nothing to type. */
export function describeChannel({ id, name, ...rest }: Channel): SandboxAccount {
  const { handle, status, longUploads, phoneVerified, hasChannel, uploadsId } = rest;
  const details = { handle, status, longUploads, phoneVerified, hasChannel, uploadsId };
  return { id, name, credentials: {}, details };
}

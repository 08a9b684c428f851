import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../core/json.js';
import { base32 } from './content.id.js';

export type AccountStatus = 'active' | 'takendown' | 'suspended' | 'deactivated';

export interface StoredBlob {
  readonly cid: string;
  readonly mimeType: string;
  readonly size: number;
  readonly sha256: string;
  readonly width?: number;
  readonly height?: number;
}

export interface StoredRecord {
  readonly uri: string;
  readonly collection: string;
  readonly rkey: string;
  readonly cid: string;
  readonly value: JsonObject;
  readonly indexedAt: string;
}

/** One account with its repository. */
export class BlueskyAccount {
  status: AccountStatus = 'active';
  readonly passwords = new Map<string, { revoked: boolean }>();
  readonly blobs = new Map<string, StoredBlob>();
  /** By `collection/rkey`, in order of creation. */
  readonly records = new Map<string, StoredRecord>();

  constructor(
    readonly did: string,
    readonly handle: string,
    readonly displayName: string,
    readonly emailConfirmed: boolean,
  ) {}

  get email(): string {
    return `${this.handle.split('.')[0] ?? 'user'}@example.com`;
  }

  uri(collection: string, rkey: string): string {
    return `at://${this.did}/${collection}/${rkey}`;
  }

  record(collection: string, rkey: string): StoredRecord | undefined {
    return this.records.get(`${collection}/${rkey}`);
  }

  addPassword(password: string): void {
    this.passwords.set(password, { revoked: false });
  }

  activePassword(): string | undefined {
    return [...this.passwords].reverse().find(([, { revoked }]) => !revoked)?.[0];
  }
}

/** The same handle has the same DID in every run. */
export function didOf(handle: string): string {
  return `did:plc:${base32(createHash('sha256').update(handle).digest()).slice(0, 24)}`;
}

export function newAppPassword(): string {
  return (base32(randomBytes(10)).match(/.{4}/g) ?? []).slice(0, 4).join('-');
}

export function didDocument(account: BlueskyAccount, endpoint: string): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: account.did,
    alsoKnownAs: [`at://${account.handle}`],
    verificationMethod: [],
    service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: endpoint }],
  };
}

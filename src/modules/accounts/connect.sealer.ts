import { Injectable } from '@nestjs/common';
import { Cipher, type Sealed } from '../../common/crypto/index.js';
import {
  isRecord,
  listAt,
  recordAt,
  textAt,
  type ConnectableAccount,
  type JsonObject,
  type JsonValue,
} from '../../platforms/core/index.js';
import type { ConnectSecrets } from './connect.session.js';

export interface SessionOwner {
  readonly workspaceId: string;
  readonly sessionId: string;
}

/** Encrypts and decrypts what a connect session must not show. */
@Injectable()
export class ConnectSealer {
  constructor(private readonly cipher: Cipher) {}

  seal(owner: SessionOwner, secrets: ConnectSecrets): Sealed {
    return this.cipher.encrypt(JSON.stringify(secrets), associatedData(owner));
  }

  open(owner: SessionOwner, sealed: Sealed): ConnectSecrets {
    const value: unknown = JSON.parse(this.cipher.decryptText(sealed, associatedData(owner)));
    return {
      authorizeUrl: textAt(value, 'authorizeUrl'),
      codeVerifier: textAt(value, 'codeVerifier'),
      session: texts(recordAt(value, 'session')),
      choices: (listAt(value, 'choices') ?? []).map(readChoice),
    };
  }
}

function associatedData({ workspaceId, sessionId }: SessionOwner): string {
  return `connect-session/${workspaceId}/${sessionId}`;
}

function readChoice(value: unknown): ConnectableAccount {
  const externalId = textAt(value, 'externalId');
  const displayName = textAt(value, 'displayName');
  if (externalId === null || displayName === null) throw new TypeError('A sealed choice has no id or name.');
  const expiresAt = textAt(value, 'expiresAt');
  return {
    externalId,
    displayName,
    handle: textAt(value, 'handle'),
    avatarUrl: textAt(value, 'avatarUrl'),
    metadata: jsonObject(recordAt(value, 'metadata')),
    credentials: texts(recordAt(value, 'credentials')),
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
}

function texts(value: Readonly<Record<string, unknown>> | null): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value ?? {}).flatMap(([name, item]) => (typeof item === 'string' ? [[name, item]] : [])),
  );
}

function jsonObject(value: Readonly<Record<string, unknown>> | null): JsonObject {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, item]) => [name, jsonValue(item)]));
}

/** What JSON.parse answered is JSON; this says so to the compiler. */
function jsonValue(value: unknown): JsonValue {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  if (Array.isArray(value)) return value.map(jsonValue);
  if (isRecord(value)) return jsonObject(value);
  throw new TypeError(`A ${typeof value} is no JSON.`);
}

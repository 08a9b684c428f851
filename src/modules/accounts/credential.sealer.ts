import { Injectable } from '@nestjs/common';
import { Cipher, type Sealed } from '../../common/crypto/index.js';
import { isRecord, type Credentials } from '../../platforms/core/index.js';

/** What credentials belong to. They open for nothing else. */
export interface CredentialOwner {
  readonly workspaceId: string;
  readonly accountId: string;
  readonly version: number;
}

/** Encrypts and decrypts the credentials of accounts. */
@Injectable()
export class CredentialSealer {
  constructor(private readonly cipher: Cipher) {}

  seal(owner: CredentialOwner, values: Credentials['values']): Sealed {
    return this.cipher.encrypt(JSON.stringify(values), associatedData(owner));
  }

  open(owner: CredentialOwner, sealed: Sealed): Credentials {
    const values: unknown = JSON.parse(this.cipher.decryptText(sealed, associatedData(owner)));
    if (!isTexts(values)) throw new TypeError('Sealed credentials are not a record of texts.');
    return { values, version: owner.version };
  }
}

function associatedData({ workspaceId, accountId, version }: CredentialOwner): string {
  return `account-credentials/${workspaceId}/${accountId}/${version}`;
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((item) => typeof item === 'string');
}

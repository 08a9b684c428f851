import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError } from '../../common/errors/index.js';
import { hashOfApiKey, makeApiKey, type ApiKeyScope } from './api-key.js';
import { type ApiKeyInput, ApiKeyRepository } from './api-key.repository.js';
import { AuditLog } from './audit.log.js';
import type { Caller } from './caller.js';
import type { ApiKeyEntity } from './entities/api-key.entity.js';

/** Whom a key speaks for. */
export interface AuthenticatedKey {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly scopes: readonly ApiKeyScope[];
}

export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export interface CreatedApiKey {
  readonly key: ApiKeyView;
  /** Shown this once. */
  readonly secret: string;
}

/** The API keys of workspaces. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeyRepository,
    private readonly audit: AuditLog,
  ) {}

  /** Takes the key itself or the whole `Bearer fan_…`; null when nobody may enter with it. Outside a unit of work. */
  async authenticate(bearer: string): Promise<AuthenticatedKey | null> {
    const hash = hashOfApiKey(bearer);
    const holder = hash === null ? null : await this.keys.findHolder(hash);
    if (holder === null) return null;
    const { workspaceId, keyId, scopes, stale } = holder;
    if (stale) await this.unitOfWork.run(workspaceId, () => this.keys.markUsed(keyId));
    return { workspaceId, keyId, scopes };
  }

  create({ workspaceId, keyId }: Caller, input: ApiKeyInput): Promise<CreatedApiKey> {
    return this.unitOfWork.run(workspaceId, async () => {
      const made = makeApiKey();
      const row = await this.keys.insert(made, input);
      const { name, scopes } = input;
      await this.audit.record({
        keyId,
        action: 'api-key.created',
        subjectType: 'api-key',
        subjectId: row.id,
        details: { name, scopes },
      });
      return { key: toView(row), secret: made.secret };
    });
  }

  /** Newest first, the revoked ones too. */
  list(workspaceId: string): Promise<ApiKeyView[]> {
    return this.unitOfWork.run(workspaceId, async () => (await this.keys.list()).map(toView));
  }

  /** Revoking twice is no mistake. */
  async revoke({ workspaceId, keyId }: Caller, id: string): Promise<void> {
    await this.unitOfWork.run(workspaceId, async () => {
      if ((await this.keys.find(id)) === null) {
        throw new NotFoundError('There is no such API key.', { code: 'api_key_not_found' });
      }
      if (!(await this.keys.revoke(id))) return;
      await this.audit.record({ keyId, action: 'api-key.revoked', subjectType: 'api-key', subjectId: id });
    });
  }
}

function toView(row: ApiKeyEntity): ApiKeyView {
  const { id, name, prefix, scopes, createdAt, expiresAt, revokedAt, lastUsedAt } = row;
  return { id, name, prefix, scopes, createdAt, expiresAt, revokedAt, lastUsedAt };
}

import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import type { Sealed } from '../../common/crypto/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { AppCredentialEntity } from './entities/app-credential.entity.js';

/** Rows of `app_credentials`, inside the open unit of work. */
@Injectable()
export class AppCredentialRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  find(platform: string): Promise<AppCredentialEntity | null> {
    return this.rows.findOneBy({ workspaceId: this.unitOfWork.workspaceId, platform });
  }

  async put(platform: string, clientId: string, { keyId, nonce, ciphertext }: Sealed): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO app_credentials (workspace_id, platform, client_id, key_id, nonce, ciphertext)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (workspace_id, platform) DO UPDATE
         SET client_id = excluded.client_id, key_id = excluded.key_id, nonce = excluded.nonce,
             ciphertext = excluded.ciphertext, updated_at = fanfare.now()`,
      [this.unitOfWork.workspaceId, platform, clientId, keyId, nonce, ciphertext],
    );
  }

  /** False when there were none. */
  async remove(platform: string): Promise<boolean> {
    const { affected } = await this.rows.delete({ workspaceId: this.unitOfWork.workspaceId, platform });
    return (affected ?? 0) > 0;
  }

  private get rows(): Repository<AppCredentialEntity> {
    return this.unitOfWork.manager.getRepository(AppCredentialEntity);
  }
}

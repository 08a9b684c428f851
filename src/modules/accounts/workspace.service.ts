import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeyService } from './api-key.service.js';
import { WorkspaceRepository } from './workspace.repository.js';

export interface FirstWorkspace {
  readonly workspaceId: string;
  /** Only when it was made just now: nobody can read it again. */
  readonly apiKey: string | null;
}

@Injectable()
export class WorkspaceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly workspaces: WorkspaceRepository,
    private readonly keys: ApiKeyRepository,
    private readonly apiKeys: ApiKeyService,
  ) {}

  exists(workspaceId: string): Promise<boolean> {
    return this.workspaces.exists(workspaceId);
  }

  /**
   * The one workspace of an installation and its first key, made at the first start. Several processes may start at once:
   * one of them gets the key. A crash between the two is made good at the next start.
   */
  async ensureFirst(): Promise<FirstWorkspace> {
    const workspaceId = await this.workspaces.ensureOldest('Default');
    return this.unitOfWork.run(workspaceId, async () => {
      await this.workspaces.lockFirstKey();
      if ((await this.keys.count()) > 0) return { workspaceId, apiKey: null };
      const { secret } = await this.apiKeys.create(
        { workspaceId, keyId: null },
        { name: 'First key', scopes: ['read', 'write', 'admin', 'operator'], expiresAt: null },
      );
      return { workspaceId, apiKey: secret };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError } from '../../common/errors/index.js';
import {
  AppCredentials,
  AuditLog,
  type AppCredentialsView,
  type Caller,
} from '../../modules/accounts/index.js';
import { PlatformSwitches } from '../../modules/publishing/index.js';
import {
  PlatformRegistry,
  PlatformVersions,
  type PlatformVersion,
  type RegisteredPlatform,
} from '../../platforms/core/index.js';

export interface CatalogueEntry {
  readonly platform: RegisteredPlatform;
  readonly enabled: boolean;
  readonly app: AppCredentialsView;
  /** Null: the platform has no versions. */
  readonly version: PlatformVersion | null;
}

/** What is built in, together with what the workspace has switched. */
@Injectable()
export class PlatformCatalogue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly platforms: PlatformRegistry,
    private readonly switches: PlatformSwitches,
    private readonly apps: AppCredentials,
    private readonly versions: PlatformVersions,
    private readonly audit: AuditLog,
  ) {}

  list(workspaceId: string): Promise<CatalogueEntry[]> {
    return this.unitOfWork.run(workspaceId, async () => {
      const entries: CatalogueEntry[] = [];
      for (const platform of this.platforms.all()) entries.push(await this.entryOf(platform));
      return entries;
    });
  }

  /** @throws NotFoundError when there is no such platform. */
  async get(workspaceId: string, key: string): Promise<CatalogueEntry> {
    const platform = this.platforms.get(key);
    return this.unitOfWork.run(workspaceId, () => this.entryOf(platform));
  }

  /**
   * @throws NotFoundError when there is no such platform.
   * @throws ConflictError when the server's configuration has it off: no workspace can switch that on.
   */
  async change(caller: Caller, key: string, enabled: boolean): Promise<CatalogueEntry> {
    const platform = this.platforms.get(key);
    return this.unitOfWork.run(caller.workspaceId, async () => {
      await this.switches.set(key, enabled);
      const entry = await this.entryOf(platform);
      if (entry.enabled !== enabled) throw switchedOffByConfiguration(platform);
      await this.audit.record({
        keyId: caller.keyId,
        action: enabled ? 'platform.switched-on' : 'platform.switched-off',
        subjectType: 'platform',
        subjectId: key,
      });
      return entry;
    });
  }

  private async entryOf(platform: RegisteredPlatform): Promise<CatalogueEntry> {
    const { key } = platform.descriptor;
    return {
      platform,
      enabled: await this.switches.isEnabled(key),
      app: await this.apps.describe(key),
      version: this.versions.of(key),
    };
  }
}

function switchedOffByConfiguration({ descriptor }: RegisteredPlatform): ConflictError {
  return new ConflictError(`The configuration of this server has ${descriptor.name} switched off.`, {
    code: 'platform_off_by_configuration',
    details: { remedy: 'Ask whoever runs the server to switch it on.' },
  });
}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError } from '../../common/errors/index.js';
import {
  AppCredentials,
  AuditLog,
  type AppCredentialsView,
  type Caller,
} from '../../modules/accounts/index.js';
import {
  PlatformSwitches,
  PlatformSwitching,
  type Switch,
  type SwitchedOff,
} from '../../modules/publishing/index.js';
import {
  PlatformRegistry,
  PlatformVersions,
  type PlatformVersion,
  type RegisteredPlatform,
} from '../../platforms/core/index.js';

export interface CatalogueEntry {
  readonly platform: RegisteredPlatform;
  /** Null: it is on. */
  readonly switchedOff: SwitchedOff | null;
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
    private readonly switching: PlatformSwitching,
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
   * @throws ConflictError when somebody has it off who is over the one that switches: the configuration, or the instance.
   */
  async change(caller: Caller, key: string, to: Switch): Promise<CatalogueEntry> {
    const platform = this.platforms.get(key);
    return this.unitOfWork.run(caller.workspaceId, async () => {
      await this.switching.switch(key, to);
      const entry = await this.entryOf(platform);
      const { switchedOff } = entry;
      if (to.enabled && switchedOff !== null && isOver(switchedOff, to))
        throw offByOthers(platform, switchedOff);
      await this.audit.record({
        keyId: caller.keyId,
        action: to.enabled ? 'platform.switched-on' : 'platform.switched-off',
        subjectType: 'platform',
        subjectId: key,
        details: { ...to },
      });
      return entry;
    });
  }

  private async entryOf(platform: RegisteredPlatform): Promise<CatalogueEntry> {
    const { key } = platform.descriptor;
    return {
      platform,
      switchedOff: await this.switches.switchedOff(key),
      app: await this.apps.describe(key),
      version: this.versions.of(key),
    };
  }
}

/** A switch of the instance does nothing about one of the workspace, and says so by the entry. */
function isOver({ by }: SwitchedOff, { scope }: Switch): boolean {
  return by === 'configuration' || (by === 'instance' && scope === 'workspace');
}

function offByOthers({ descriptor }: RegisteredPlatform, { by }: SwitchedOff): ConflictError {
  const who = by === 'configuration' ? 'The configuration of this server' : 'Whoever runs this server';
  return new ConflictError(`${who} has ${descriptor.name} switched off.`, {
    code: `platform_off_by_${by}`,
    details: { remedy: 'Ask whoever runs the server to switch it on.' },
  });
}

import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { PlatformSwitchEntity } from './entities/platform-switch.entity.js';
import { PlatformPaused, PlatformResumed } from './events/index.js';

/** Which platforms may be published to: off in the configuration is off for all, else the workspace decides. */
@Injectable()
export class PlatformSwitches {
  constructor(
    private readonly config: AppConfig,
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: EventRecorder,
  ) {}

  /** Inside a unit of work. */
  async isEnabled(platform: string): Promise<boolean> {
    if (!this.config.platform(platform).enabled) return false;
    const row = await this.unitOfWork.manager.findOneBy(PlatformSwitchEntity, {
      workspaceId: this.unitOfWork.workspaceId,
      platform,
    });
    return row?.enabled ?? true;
  }

  /** Platforms that the workspace has switched, with where they stand. Inside a unit of work. */
  async all(): Promise<ReadonlyMap<string, boolean>> {
    const rows = await this.unitOfWork.manager.findBy(PlatformSwitchEntity, {
      workspaceId: this.unitOfWork.workspaceId,
    });
    return new Map(rows.map((row) => [row.platform, row.enabled]));
  }

  /** Inside a unit of work. */
  async set(platform: string, enabled: boolean): Promise<void> {
    const { workspaceId } = this.unitOfWork;
    await this.unitOfWork.manager.query(
      `INSERT INTO platform_switches (workspace_id, platform, enabled) VALUES ($1, $2, $3)
       ON CONFLICT (workspace_id, platform) DO UPDATE SET enabled = excluded.enabled, updated_at = fanfare.now()`,
      [workspaceId, platform, enabled],
    );
    this.recorder.record(
      enabled
        ? new PlatformResumed(workspaceId, { platform })
        : new PlatformPaused(workspaceId, { platform, reason: 'switched_off' }),
    );
  }
}

import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { InstanceSwitchEntity } from './entities/instance-switch.entity.js';
import { PlatformSwitchEntity, type WhenDue } from './entities/platform-switch.entity.js';
import { PlatformPaused, PlatformResumed } from './events/index.js';

export const switchers = ['configuration', 'instance', 'workspace'] as const;

/** Who has switched a platform off, and what becomes of posts that are due there meanwhile. */
export interface SwitchedOff {
  readonly by: (typeof switchers)[number];
  readonly whenDue: WhenDue;
}

export interface Switch {
  readonly scope: 'instance' | 'workspace';
  readonly enabled: boolean;
  readonly whenDue: WhenDue;
}

/**
 * Which platforms may be published to: off in the configuration or for the instance is off for all, else the workspace decides.
 * Inside a unit of work.
 */
@Injectable()
export class PlatformSwitches {
  constructor(
    private readonly config: AppConfig,
    private readonly unitOfWork: UnitOfWork,
    private readonly recorder: EventRecorder,
  ) {}

  async isEnabled(platform: string): Promise<boolean> {
    return (await this.switchedOff(platform)) === null;
  }

  /** Null while it is on. The one who is over the others is named. */
  async switchedOff(platform: string): Promise<SwitchedOff | null> {
    if (!this.config.platform(platform).enabled) return { by: 'configuration', whenDue: 'skip' };
    const [off] = await this.unitOfWork.manager.query<SwitchedOff[]>(
      `SELECT 'instance' AS by, when_due AS "whenDue" FROM instance_switches WHERE platform = $2 AND NOT enabled
        UNION ALL
       SELECT 'workspace', when_due FROM platform_switches WHERE workspace_id = $1 AND platform = $2 AND NOT enabled`,
      [this.unitOfWork.workspaceId, platform],
    );
    return off ?? null;
  }

  /**
   * Whether posts that are due there wait, as it is until the transaction ends: whoever switches meanwhile comes after it, and sees
   * what waits by then.
   */
  async waitsForSure(platform: string): Promise<boolean> {
    const { manager, workspaceId } = this.unitOfWork;
    const rows = [
      await manager.findOne(InstanceSwitchEntity, {
        where: { platform },
        lock: { mode: 'pessimistic_read' },
      }),
      await manager.findOne(PlatformSwitchEntity, {
        where: { workspaceId, platform },
        lock: { mode: 'pessimistic_read' },
      }),
    ];
    return rows.some((row) => row?.enabled === false && row.whenDue === 'wait');
  }

  async set(platform: string, { scope, enabled, whenDue }: Switch): Promise<void> {
    const { workspaceId, manager } = this.unitOfWork;
    if (scope === 'instance') {
      await manager.query(
        `INSERT INTO instance_switches (platform, enabled, when_due) VALUES ($1, $2, $3)
         ON CONFLICT (platform) DO UPDATE SET enabled = excluded.enabled, when_due = excluded.when_due, updated_at = fanfare.now()`,
        [platform, enabled, whenDue],
      );
      return;
    }
    await manager.query(
      `INSERT INTO platform_switches (workspace_id, platform, enabled, when_due) VALUES ($1, $2, $3, $4)
       ON CONFLICT (workspace_id, platform)
       DO UPDATE SET enabled = excluded.enabled, when_due = excluded.when_due, updated_at = fanfare.now()`,
      [workspaceId, platform, enabled, whenDue],
    );
  }

  /** Tells the workspace; what others have off is not on again for it. */
  async tell(platform: string, { scope, enabled }: Switch): Promise<void> {
    const { workspaceId } = this.unitOfWork;
    const reason = scope === 'instance' ? 'switched_off_for_all' : 'switched_off';
    if (!enabled) this.recorder.record(new PlatformPaused(workspaceId, { platform, reason }));
    else if (await this.isEnabled(platform))
      this.recorder.record(new PlatformResumed(workspaceId, { platform }));
  }
}

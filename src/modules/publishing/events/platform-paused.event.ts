import { DomainEvent } from '../../../common/events/index.js';

export interface PlatformPausedData {
  readonly platform: string;
  /** `outage`, `switched_off` by the workspace, `switched_off_for_all` by whoever runs the instance. */
  readonly reason: string;
}

/** A platform was switched off. */
export class PlatformPaused extends DomainEvent<PlatformPausedData> {
  static readonly type = 'publishing.platform-paused';
  static readonly version = 1;
}

import { DomainEvent } from '../../../common/events/index.js';

export interface PlatformPausedData {
  readonly platform: string;
  readonly reason: string;
}

/** A platform was switched off. */
export class PlatformPaused extends DomainEvent<PlatformPausedData> {
  static readonly type = 'publishing.platform-paused';
  static readonly version = 1;
}

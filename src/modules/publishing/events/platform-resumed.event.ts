import { DomainEvent } from '../../../common/events/index.js';

export interface PlatformResumedData {
  readonly platform: string;
}

/** A platform was switched on again. */
export class PlatformResumed extends DomainEvent<PlatformResumedData> {
  static readonly type = 'publishing.platform-resumed';
  static readonly version = 1;
}

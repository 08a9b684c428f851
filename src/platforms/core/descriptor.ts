import type { PlatformCapabilities } from './capabilities.js';
import type { SettingsSchema } from './settings.js';

/** What clients, preflight and the catalogue know of a platform. */
export interface PlatformDescriptor {
  /** Folder name: `bluesky`. */
  readonly key: string;
  /** As people write it: `Bluesky`. */
  readonly name: string;
  readonly capabilities: PlatformCapabilities;
  readonly settings: SettingsSchema;
}

import type { PlatformCapabilities } from './capabilities.js';
import type { ErrorTable } from './error-table.js';
import type { SettingsSchema } from './settings.js';

/** What the platform charges the owner of the app for a call. */
export interface ApiCost {
  /** What it is charged for: `A post with a link`. */
  readonly what: string;
  /** Decimal: `0.20`. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Where the figure comes from, with its date. */
  readonly source: string;
}

/** What clients, preflight and the catalogue know of a platform. */
export interface PlatformDescriptor {
  /** Folder name: `bluesky`. */
  readonly key: string;
  /** As people write it: `Bluesky`. */
  readonly name: string;
  readonly capabilities: PlatformCapabilities;
  readonly settings: SettingsSchema;
  /** `<p>.errors.ts`; the contract suite feeds every row through the client. */
  readonly errors?: ErrorTable;
  /** What its use costs; nothing by default. */
  readonly costs?: readonly ApiCost[];
}

import type { AccountRef, Credentials } from './account.js';
import type { JsonObject } from './json.js';
import type { OAuthApp } from './oauth-app.js';
import type { SettingsSchema } from './settings.js';

export interface OptionsRequest {
  readonly account: AccountRef;
  readonly credentials: Credentials;
  readonly app: OAuthApp | null;
  /** A property of the settings schema that carries `"x-live-options": true`. */
  readonly setting: string;
  /** What the person has typed so far; null: everything. */
  readonly query: string | null;
  /** `nextCursor` of the page before. */
  readonly cursor: string | null;
}

/** One value that the setting may have. */
export interface LiveOption {
  /** What goes into the setting. */
  readonly value: string;
  /** What a person reads. */
  readonly label: string;
  readonly description?: string;
}

export interface OptionList {
  readonly options: readonly LiveOption[];
  /** Facts of the moment that go with them: the longest video that the account may post, what is switched off. */
  readonly facts?: JsonObject;
  readonly nextCursor: string | null;
}

/** The settings whose values have to be asked for: `GET /api/v1/accounts/{id}/options/{setting}`. */
export function liveSettingsOf(schema: SettingsSchema): string[] {
  return Object.entries(schema.properties)
    .filter(([, property]) => property['x-live-options'] === true)
    .map(([name]) => name);
}

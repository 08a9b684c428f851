import type { JsonObject, JsonValue } from './json.js';
import type { OAuthServer } from './oauth/index.js';
import { changeSettings } from './settings.js';
import type { Simulator } from './simulator.js';

/** What a simulator remembers. Settings are JSON: the control API changes and shows them. */
export interface SimulatorState<T> {
  settings: T;
  reset(): void;
}

/** The same where everybody logs in at one consent page. */
export interface LoginState<T> extends SimulatorState<T> {
  readonly oauth: Pick<OAuthServer, 'end' | 'environment'>;
  /** Whose tokens may be ended; undefined: there is no such account. */
  person(id: string): object | undefined;
}

/** What the simulators do alike that have settings. */
export function stateParts<T extends Readonly<Record<keyof T, JsonValue>>>(
  key: string,
  state: SimulatorState<T>,
): Required<Pick<Simulator, 'reset' | 'configure'>> {
  return {
    reset: () => {
      state.reset();
    },
    configure: (changes): JsonObject => {
      state.settings = changeSettings(key, state.settings, changes);
      return Object.fromEntries(Object.entries(state.settings));
    },
  };
}

/** What the simulators do alike whose people log in at a consent page. */
export function loginParts<T extends Readonly<Record<keyof T, JsonValue>>>(
  key: string,
  state: LoginState<T>,
): Required<Pick<Simulator, 'reset' | 'configure' | 'endTokens' | 'environment'>> {
  return {
    ...stateParts(key, state),
    endTokens: (account, action) => {
      if (state.person(account) === undefined) return false;
      state.oauth.end(account, action);
      return true;
    },
    environment: () => state.oauth.environment(key),
  };
}

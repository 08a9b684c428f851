import type { JsonObject } from '../core/json.js';
import { InvalidInput } from '../core/simulator.js';

/** `none`: no STARTTLS on offer. `optional`: on offer. `required`: no AUTH before it. */
export const TLS_MODES = ['none', 'optional', 'required'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

export interface EmailSettings {
  readonly tls: TlsMode;
  /** Announced as SIZE and enforced. */
  readonly maxBytes: number;
  readonly maxRecipients: number;
}

export const DEFAULT_SETTINGS: EmailSettings = { tls: 'none', maxBytes: 26_214_400, maxRecipients: 100 };

export function changeSettings(current: EmailSettings, input: JsonObject): EmailSettings {
  const strangers = Object.keys(input).filter((key) => !(key in DEFAULT_SETTINGS));
  if (strangers.length > 0) throw new InvalidInput(`settings: unknown ${strangers.join(', ')}`);
  return {
    tls: readTls(input['tls'] ?? current.tls),
    maxBytes: readCount('maxBytes', input['maxBytes'] ?? current.maxBytes),
    maxRecipients: readCount('maxRecipients', input['maxRecipients'] ?? current.maxRecipients),
  };
}

function readTls(value: unknown): TlsMode {
  const mode = TLS_MODES.find((known) => known === value);
  if (mode === undefined) throw new InvalidInput(`settings: tls must be one of ${TLS_MODES.join(', ')}`);
  return mode;
}

function readCount(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw new InvalidInput(`settings: ${name} must be a whole number above 0`);
  }
  return value;
}

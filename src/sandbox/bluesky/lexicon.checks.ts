import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import { invalidRequest } from './bluesky.errors.js';

/** Checks one value at a path such as `$.record.text`; throws the platform's refusal. */
export type Check = (value: JsonValue, path: string) => void;

export function fail(path: string, problem: string): never {
  throw invalidRequest(`Invalid record: ${problem} at ${path}`);
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function countGraphemes(text: string): number {
  let count = 0;
  for (const segment of segmenter.segment(text)) count += segment.segment.length > 0 ? 1 : 0;
  return count;
}

export function text(limits: { maxGraphemes?: number; maxBytes?: number } = {}): Check {
  return (value, path) => {
    if (typeof value !== 'string') return fail(path, 'expected a string');
    const bytes = Buffer.byteLength(value);
    if (limits.maxBytes !== undefined && bytes > limits.maxBytes) {
      fail(path, `string too big (maximum ${limits.maxBytes} bytes, got ${bytes})`);
    }
    if (limits.maxGraphemes === undefined) return;
    const graphemes = countGraphemes(value);
    if (graphemes > limits.maxGraphemes) {
      fail(path, `string too big (maximum ${limits.maxGraphemes} graphemes, got ${graphemes})`);
    }
  };
}

export function format(name: string, pattern: RegExp): Check {
  return (value, path) => {
    if (typeof value !== 'string' || !pattern.test(value)) fail(path, `invalid ${name}`);
  };
}

export function oneOf(...values: readonly string[]): Check {
  return (value, path) => {
    if (typeof value !== 'string' || !values.includes(value))
      fail(path, `expected one of ${values.join(', ')}`);
  };
}

export function integer(minimum: number): Check {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < minimum) {
      fail(path, `expected an integer of at least ${minimum}`);
    }
  };
}

export function list(item: Check, limits: { min?: number; max?: number } = {}): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return fail(path, 'expected an array');
    const { min = 0, max = Infinity } = limits;
    if (value.length > max) fail(path, `array too big (maximum ${max}, got ${value.length})`);
    if (value.length < min) fail(path, `array too small (minimum ${min}, got ${value.length})`);
    value.forEach((entry, index) => item(entry, `${path}[${index}]`));
  };
}

export interface Shape {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
}

export function object(shape: Shape): Check {
  return (value, path) => {
    if (!isJsonObject(value)) return fail(path, 'expected an object');
    for (const [key, check] of Object.entries(shape.required ?? {})) {
      const entry = value[key];
      if (entry === undefined) return fail(`${path}.${key}`, 'missing required key');
      check(entry, `${path}.${key}`);
    }
    for (const [key, check] of Object.entries(shape.optional ?? {})) {
      const entry = value[key];
      if (entry !== undefined) check(entry, `${path}.${key}`);
    }
  };
}

/** A union by `$type`. */
export function union(members: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (!isJsonObject(value)) return fail(path, 'expected an object');
    const member = members[typeof value['$type'] === 'string' ? value['$type'] : ''];
    if (!member) return fail(`${path}.$type`, `expected one of ${Object.keys(members).join(', ')}`);
    member(value, path);
  };
}

export function isBlobRef(value: JsonValue): value is JsonObject {
  return isJsonObject(value) && value['$type'] === 'blob';
}

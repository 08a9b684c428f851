import type { BarrierInput, ReleaseMode } from '../core/barriers.js';
import type { CallMatch } from '../core/call.match.js';
import { FAULT_KINDS, type FaultAction, type FaultInput, type FaultKind } from '../core/fault.rules.js';
import { describeJson, isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import { InvalidInput, type TokenAction } from '../core/simulator.js';

/** Reads one object of the control API: each field by its type, and nothing that nobody asked for. */
class InputReader {
  private readonly seen = new Set<string>();

  constructor(
    private readonly input: JsonObject,
    private readonly name: string,
  ) {}

  text(key: string): string | undefined {
    return this.read(key, (value): value is string => typeof value === 'string', 'a string');
  }

  requiredText(key: string): string {
    return this.required(key, this.text(key));
  }

  flag(key: string): boolean | undefined {
    return this.read(key, (value): value is boolean => typeof value === 'boolean', 'true or false');
  }

  number(key: string): number | undefined {
    return this.read(key, (value): value is number => typeof value === 'number', 'a number');
  }

  object(key: string): JsonObject | undefined {
    return this.read(key, isJsonObject, 'an object');
  }

  any(key: string): JsonValue | undefined {
    this.seen.add(key);
    return this.input[key];
  }

  required<T>(key: string, value: T | undefined): T {
    if (value === undefined) throw new InvalidInput(`${this.name}: ${key} is missing`);
    return value;
  }

  end(): void {
    const strangers = Object.keys(this.input).filter((key) => !this.seen.has(key));
    if (strangers.length > 0) throw new InvalidInput(`${this.name}: unknown ${strangers.join(', ')}`);
  }

  private read<T extends JsonValue>(
    key: string,
    is: (value: JsonValue) => value is T,
    what: string,
  ): T | undefined {
    this.seen.add(key);
    const value = this.input[key];
    if (value === undefined || value === null) return undefined;
    if (!is(value)) throw new InvalidInput(`${this.name}: ${key} must be ${what}`);
    return value;
  }
}

/** The object without its undefined values, as `exactOptionalPropertyTypes` wants it. */
function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function readMatch(reader: InputReader): CallMatch {
  const platform = reader.requiredText('platform');
  const [operation, path, visible] = [reader.text('operation'), reader.text('path'), reader.flag('visible')];
  return { platform, ...defined({ operation, path, visible }) };
}

export function readFault(input: JsonObject): FaultInput {
  const reader = new InputReader(input, 'fault');
  const match = readMatch(reader);
  const [nth, count] = [reader.number('nth'), reader.number('count')];
  const [rate, seed] = [reader.number('rate'), reader.number('seed')];
  const action = readAction(reader.required('action', reader.object('action')));
  reader.end();
  return { ...match, ...defined({ nth, count, rate, seed }), action };
}

function readAction(input: JsonObject): FaultAction {
  const reader = new InputReader(input, 'fault.action');
  const kind = reader.requiredText('kind');
  if (!isFaultKind(kind))
    throw new InvalidInput(`fault.action: kind must be one of ${FAULT_KINDS.join(', ')}`);
  const [status, ms] = [reader.number('status'), reader.number('ms')];
  const [headers, body] = [readHeaders(reader.object('headers')), reader.any('body')];
  reader.end();
  if (kind.startsWith('status') && status === undefined)
    throw new InvalidInput('fault.action: status is missing');
  return { kind, ...defined({ status, ms, headers, body }) };
}

function isFaultKind(kind: string): kind is FaultKind {
  return FAULT_KINDS.some((known) => known === kind);
}

function readHeaders(input: JsonObject | undefined): Record<string, string> | undefined {
  if (input === undefined) return undefined;
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, describeJson(value)]));
}

export function readBarrier(input: JsonObject): BarrierInput {
  const reader = new InputReader(input, 'barrier');
  const match = readMatch(reader);
  const position = reader.requiredText('position');
  const [nth, count] = [reader.number('nth'), reader.number('count')];
  reader.end();
  if (position !== 'before' && position !== 'after') {
    throw new InvalidInput('barrier: position must be before or after');
  }
  return { ...match, position, ...defined({ nth, count }) };
}

export function readRelease(input: JsonObject): ReleaseMode {
  const reader = new InputReader(input, 'release');
  const mode = reader.text('mode') ?? 'proceed';
  reader.end();
  if (mode !== 'proceed' && mode !== 'drop') throw new InvalidInput('release: mode must be proceed or drop');
  return mode;
}

export function readTokenAction(input: JsonObject): {
  platform: string;
  account: string;
  action: TokenAction;
} {
  const reader = new InputReader(input, 'tokens');
  const [platform, account] = [reader.requiredText('platform'), reader.requiredText('account')];
  const action = reader.requiredText('action');
  reader.end();
  if (action !== 'expire' && action !== 'revoke')
    throw new InvalidInput('tokens: action must be expire or revoke');
  return { platform, account, action };
}

export function readAdvance(input: JsonObject): number {
  const reader = new InputReader(input, 'clock');
  const ms = reader.required('advanceMs', reader.number('advanceMs'));
  reader.end();
  return ms;
}

/** `{platform, …}`: the platform, and the rest as it came. */
export function readForPlatform(input: JsonObject): { platform: string; rest: JsonObject } {
  const { platform, ...rest } = input;
  if (typeof platform !== 'string') throw new InvalidInput('platform is missing');
  return { platform, rest };
}

import { types } from 'node:util';
import { isSecretName } from './secret-names.js';
import { redactText, REDACTED } from './redact-text.js';

const MAX_DEPTH = 12;

/**
 * A copy of a value that is fit for a log: what has a secret's name or a secret's shape is replaced, also in texts,
 * lists, errors and their causes. Bytes become their number; circles and what lies too deep are cut.
 */
export function redact(value: unknown): unknown {
  return visit(value, []);
}

function visit(value: unknown, parents: readonly object[]): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (parents.includes(value)) return '[circular]';
  if (parents.length >= MAX_DEPTH) return '[deep]';
  return visitObject(value, [...parents, value]);
}

function visitObject(value: object, parents: readonly object[]): unknown {
  if (types.isNativeError(value)) return visitError(value, parents);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return visitList(value, parents);
  if (value instanceof Map) return visitList([...value.entries()], parents);
  if (value instanceof Set) return visitList([...value.values()], parents);
  if (hasToJson(value)) return visit(value.toJSON(), parents);
  return visitMembers(Object.entries(value), parents);
}

function visitError(error: Error, parents: readonly object[]): unknown {
  const { name, message, stack, cause, ...rest } = error;
  return {
    type: error.name,
    message: redactText(error.message),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: visit(error.cause, parents) }),
    ...visitMembers(Object.entries(rest), parents),
  };
}

/** In `['cookie', 'a=b']` the second is as secret as in `{ cookie: 'a=b' }`. */
function visitList(list: readonly unknown[], parents: readonly object[]): unknown[] {
  return list.map((item, index) => {
    const before = list[index - 1];
    return typeof before === 'string' && isSecretName(before) ? hide(item) : visit(item, parents);
  });
}

function visitMembers(entries: [string, unknown][], parents: readonly object[]): Record<string, unknown> {
  const label = entries.find(([key]) => /^(name|key|field)$/i.test(key))?.[1];
  const labelled = typeof label === 'string' && isSecretName(label);
  return Object.fromEntries(
    entries.map(([key, member]) => {
      const secret = isSecretName(key) || (labelled && key.toLowerCase() === 'value');
      return [redactText(key), secret ? hide(member) : visit(member, parents)];
    }),
  );
}

/** Whether there is a secret at all may be seen. */
function hide(value: unknown): unknown {
  return value === null || value === undefined || typeof value === 'boolean' || value === ''
    ? value
    : REDACTED;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

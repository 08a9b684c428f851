import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 in hex, for secrets that have enough entropy of their own (our API keys). Not for passwords. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** Random bytes as base64url. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** SHA-256 in hex over the canonical JSON of a value: the order of keys does not matter, that of lists does. */
export function stableHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex');
}

/**
 * JSON with sorted keys and without what is undefined.
 * @throws TypeError on what JSON has no form for: NaN, infinities, bigint, functions, symbols, circles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

function write(value: unknown, parents: readonly object[]): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no form in JSON`);
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} has no form in JSON`);
  if (parents.includes(value)) throw new TypeError('a circle has no form in JSON');
  const inside = [...parents, value];
  if (hasToJson(value)) return write(value.toJSON(), inside);
  if (Array.isArray(value)) return `[${value.map((item: unknown) => write(item ?? null, inside)).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${write(member, inside)}`);
  return `{${members.join(',')}}`;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

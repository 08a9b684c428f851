import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

/** A short lower-case word in front of a public id, such as `post`. The owner of the thing declares it. */
export type IdPrefix = string;

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX_32 = /^[0-9a-f]{32}$/;

/** A new UUID of version 7: sortable by its time of making, lower-case with dashes. */
export function newId(): string {
  return v7();
}

/**
 * The same id for the same base and names, always: the 48 bits of time come from the base, the rest from
 * SHA-256 over base and names. Names are told apart (`'a', 'b'` is not `'ab'`).
 * @throws RangeError when the base is no UUID of version 7.
 */
export function deriveId(baseUuidV7: string, ...names: string[]): string {
  const base = baseUuidV7.toLowerCase();
  if (!UUID_V7.test(base)) throw new RangeError(`"${baseUuidV7}" is not a UUID of version 7`);
  const digest = createHash('sha256')
    .update(JSON.stringify([base, ...names]))
    .digest();
  const bytes = Buffer.concat([
    Buffer.from(base.replaceAll('-', '').slice(0, 12), 'hex'),
    digest.subarray(0, 10),
  ]);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return withDashes(bytes.toString('hex'));
}

/**
 * `post` and a UUID become `post_` and 32 lower-case hex digits.
 * @throws RangeError when the second argument is no UUID.
 */
export function toPublicId(prefix: IdPrefix, uuid: string): string {
  const id = uuid.toLowerCase();
  if (!UUID.test(id)) throw new RangeError(`"${uuid}" is not a UUID`);
  return `${prefix}_${id.replaceAll('-', '')}`;
}

/** The UUID inside a public id, or null when the text is anything else than this prefix and 32 hex digits. */
export function parsePublicId(prefix: IdPrefix, text: string): string | null {
  const start = `${prefix}_`;
  if (!text.startsWith(start)) return null;
  const hex = text.slice(start.length);
  return HEX_32.test(hex) ? withDashes(hex) : null;
}

function withDashes(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

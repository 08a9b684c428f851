import { createHash } from 'node:crypto';
import { isJsonObject, stringAt, type JsonObject, type JsonValue } from '../core/json.js';

const RAW = 0x55;
const DAG_CBOR = 0x71;
const CID_TAG = 42;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** CID of a blob: `bafkrei…`. */
export function blobCid(bytes: Buffer): string {
  return `b${base32(cidBytes(RAW, bytes))}`;
}

/** CID of a record, the hash of its DAG-CBOR form: `bafyrei…`. */
export function recordCid(record: JsonObject): string {
  return `b${base32(cidBytes(DAG_CBOR, encode(record)))}`;
}

export function isCid(text: string): boolean {
  return /^baf(yrei|krei)[a-z2-7]{52}$/.test(text);
}

function cidBytes(codec: number, content: Buffer): Buffer {
  const digest = createHash('sha256').update(content).digest();
  return Buffer.concat([Buffer.from([0x01, codec, 0x12, 0x20]), digest]);
}

export function base32(bytes: Buffer): string {
  let [text, bits, value] = ['', 0, 0];
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += BASE32[(value >>> (bits - 5)) & 31] ?? '';
      bits -= 5;
      value &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + (BASE32[(value << (5 - bits)) & 31] ?? '') : text;
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let [bits, value] = [0, 0];
  for (const character of text) {
    value = (value << 5) | BASE32.indexOf(character);
    bits += 5;
    if (bits < 8) continue;
    bytes.push((value >>> (bits - 8)) & 255);
    bits -= 8;
    value &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}

function encode(value: JsonValue): Buffer {
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(encode)]);
  return isJsonObject(value) && isLink(value) ? encodeLink(value) : encodeMap(value);
}

function encodeNumber(value: number): Buffer {
  if (Number.isInteger(value)) return value >= 0 ? head(0, value) : head(1, -1 - value);
  const float = Buffer.alloc(9);
  float[0] = 0xfb;
  float.writeDoubleBE(value, 1);
  return float;
}

function isLink(value: JsonObject): boolean {
  return Object.keys(value).length === 1 && typeof value['$link'] === 'string';
}

function encodeLink(value: JsonObject): Buffer {
  const cid = Buffer.concat([Buffer.from([0]), fromBase32((stringAt(value, '$link') ?? '').slice(1))]);
  return Buffer.concat([head(6, CID_TAG), head(2, cid.length), cid]);
}

/** Keys by length, then by bytes. */
function encodeMap(value: JsonObject): Buffer {
  const keys = Object.keys(value).map((key) => Buffer.from(key));
  keys.sort((one, other) => one.length - other.length || Buffer.compare(one, other));
  const pairs = keys.flatMap((key) => [head(3, key.length), key, encode(value[key.toString()] ?? null)]);
  return Buffer.concat([head(5, keys.length), ...pairs]);
}

function head(major: number, length: number): Buffer {
  const type = major << 5;
  if (length < 24) return Buffer.from([type | length]);
  if (length < 0x100) return Buffer.from([type | 24, length]);
  if (length < 0x10000) return Buffer.from([type | 25, length >> 8, length & 255]);
  const wide = Buffer.alloc(length < 0x100000000 ? 5 : 9);
  wide[0] = type | (wide.length === 5 ? 26 : 27);
  if (wide.length === 5) wide.writeUInt32BE(length, 1);
  else wide.writeBigUInt64BE(BigInt(length), 1);
  return wide;
}

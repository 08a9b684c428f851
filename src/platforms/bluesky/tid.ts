import { randomInt } from 'node:crypto';

const alphabet = '234567abcdefghijklmnopqrstuvwxyz';

/** A record key: 53 bits of microseconds and 10 bits of clock id as 13 characters that sort by time. */
export function encodeTid(microseconds: bigint, clockId: number): string {
  let rest = (BigInt.asUintN(53, microseconds) << 10n) | BigInt(clockId & 0x3ff);
  let key = '';
  for (let length = 0; length < 13; length += 1) {
    key = alphabet.charAt(Number(rest & 31n)) + key;
    rest >>= 5n;
  }
  return key;
}

/** No key of a record made at that time or later sorts before it. */
export function firstTid(at: Date): string {
  return encodeTid(BigInt(at.getTime()) * 1000n, 0);
}

/** A new key for a record made at that time; random below the millisecond and in the clock id. */
export function newTid(at: Date): string {
  return encodeTid(BigInt(at.getTime()) * 1000n + BigInt(randomInt(1000)), randomInt(1024));
}

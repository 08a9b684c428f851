const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/;

/** 53 bits of microseconds and 10 bits of clock id, sortable. */
export function isTid(text: string): boolean {
  return TID.test(text);
}

/** Makes keys that never repeat and always grow. */
export class TidSource {
  private last = 0n;

  constructor(private readonly clock: { now(): number }) {}

  next(): string {
    const micros = BigInt(this.clock.now()) * 1000n;
    this.last = micros > this.last ? micros : this.last + 1n;
    return encodeTid((this.last << 10n) | 7n);
  }
}

function encodeTid(value: bigint): string {
  let [text, rest] = ['', value];
  for (let index = 0; index < 13; index += 1) {
    text = (ALPHABET[Number(rest & 31n)] ?? '') + text;
    rest >>= 5n;
  }
  return text;
}

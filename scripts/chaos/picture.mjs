import { crc32, deflateSync } from 'node:zlib';

/** As narrow as any platform takes it. */
const SIDE = 320;
/** Rows that no packing makes smaller, so that the file is as large as any platform wants it: 10 KB. */
const NOISY_ROWS = 12;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A small picture, mostly of one colour, and no two alike: where a platform shows no text, the picture tells which post it is. */
export function pictureOf(number) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const colour = [number >> 16, (number >> 8) & 255, number & 255];
  const row = Buffer.from([0, ...Array.from({ length: SIDE }, () => colour).flat()]);
  const noise = noiseFrom(number);
  const rows = Buffer.concat(
    Array.from({ length: SIDE }, (_, line) =>
      line < NOISY_ROWS ? Buffer.from([0, ...noise(SIDE * 3)]) : row,
    ),
  );
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The same for the same number. */
function noiseFrom(number) {
  let value = (number % 2_147_483_646) + 1;
  const next = () => (value = (value * 48_271) % 2_147_483_647) % 256;
  return (bytes) => Array.from({ length: bytes }, next);
}

function chunk(type, content) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

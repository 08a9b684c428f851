import { crc32, deflateSync } from 'node:zlib';

const WIDTH = 640;
const HEIGHT = 360;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A small picture made of nothing: a fan of coloured rays over an evening sky, as PNG. */
export function drawPicture() {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, true colour, nothing special
  const rows = Array.from({ length: HEIGHT }, (_, y) => drawRow(y));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {number} y */
function drawRow(y) {
  const row = Buffer.alloc(1 + 3 * WIDTH); // the first byte: no filter
  for (let x = 0; x < WIDTH; x += 1) row.set(colourAt(x, y), 1 + 3 * x);
  return row;
}

/**
 * @param {number} x
 * @param {number} y
 */
function colourAt(x, y) {
  const dx = x - WIDTH / 2;
  const dy = HEIGHT - y;
  const distance = Math.hypot(dx, dy) / Math.hypot(WIDTH / 2, HEIGHT);
  const ray = Math.floor((Math.atan2(dy, dx) / Math.PI) * 15) % 2 === 0;
  const sky = [28 + 60 * distance, 24 + 20 * distance, 72 + 70 * (1 - distance)];
  const light = ray ? Math.max(0, 1 - distance) ** 1.5 : 0;
  return sky.map((part, index) => Math.round(part + ([255, 190, 90][index] - part) * light));
}

/**
 * @param {string} type
 * @param {Buffer} content
 */
function chunk(type, content) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

import { RenditionImpossibleError } from './rendition.js';

/**
 * An image without what is not needed to show it: no place, no camera, no remarks, nothing hidden behind its end. The
 * pictures are copied byte for byte.
 */
export function cleanImage(bytes: Buffer, mimeType: string): Buffer {
  switch (mimeType) {
    case 'image/jpeg':
      return Buffer.concat(jpegParts(bytes));
    case 'image/png':
      return Buffer.concat(pngParts(bytes));
    case 'image/webp':
      return cleanWebp(bytes);
    default:
      throw new RenditionImpossibleError(`Metadata of ${mimeType} cannot be cut out.`);
  }
}

const startOfScan = 0xda;
const endOfImage = 0xd9;
const comment = 0xfe;

function jpegParts(bytes: Buffer): Buffer[] {
  const parts = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw damaged();
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === endOfImage) break;
    let end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === startOfScan) end = endOfScan(bytes, end);
    const part = bytes.subarray(at, end);
    if (isShown(marker, part)) parts.push(part);
    at = end;
  }
  return [...parts, Buffer.from([0xff, endOfImage])];
}

/** Inside a scan a 0xFF is followed by 0 or by a restart marker; anything else ends it. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    const belongs = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!belongs && next !== 0xff) return at;
    at = bytes.indexOf(0xff, at + (belongs ? 2 : 1));
  }
  return bytes.length;
}

/** Of application data, only the file's own head, the colour profile and Adobe's note on colours say how to show it. */
function isShown(marker: number, part: Buffer): boolean {
  if (marker === comment) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  if (marker === 0xe2) return part.toString('latin1', 4, 15) === 'ICC_PROFILE';
  return marker === 0xe0 || marker === 0xee;
}

const shownChunks: readonly string[] = [
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs', 'cICP'],
  ...['acTL', 'fcTL', 'fdAT'],
];

function pngParts(bytes: Buffer): Buffer[] {
  const parts = [bytes.subarray(0, 8)];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (shownChunks.includes(type)) parts.push(bytes.subarray(at, end));
    if (type === 'IEND') return parts;
    at = end;
  }
  throw damaged();
}

const hiddenWebpChunks: readonly string[] = ['EXIF', 'XMP '];
/** Of the head's flags: Exif and XMP. */
const hiddenFlags = 0x08 | 0x04;

function cleanWebp(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  const last = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  let at = 12;
  while (at + 8 <= last) {
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    const type = bytes.toString('latin1', at, at + 4);
    const part = Buffer.from(bytes.subarray(at, end));
    if (type === 'VP8X') part[8] = (part[8] ?? 0) & ~hiddenFlags;
    if (!hiddenWebpChunks.includes(type)) parts.push(part);
    at = end;
  }
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...parts]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

function damaged(): RenditionImpossibleError {
  return new RenditionImpossibleError('The image is damaged: its parts cannot be told from each other.');
}

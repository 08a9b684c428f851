export interface MovieFacts {
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
}

/** Duration from `mvhd`, size from the first `tkhd` that has one: enough of ISO 14496-12 for the limits of platforms. */
export function probeMovie(bytes: Buffer): MovieFacts | null {
  const moov = box(bytes, 'moov');
  const header = moov === null ? null : box(moov, 'mvhd');
  if (moov === null || header === null || header.length < 20) return null;
  const wide = header[0] === 1;
  if (wide && header.length < 32) return null;
  const scale = header.readUInt32BE(wide ? 20 : 12);
  const duration = wide ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  for (const track of boxes(moov, 'trak')) {
    const size = sizeOf(box(track, 'tkhd'));
    if (size !== null) return { ...size, durationMs: scale === 0 ? 0 : (duration / scale) * 1000 };
  }
  return null;
}

function sizeOf(header: Buffer | null): { width: number; height: number } | null {
  if (header === null || header.length < 84) return null;
  const width = header.readUInt32BE(header.length - 8) >>> 16;
  const height = header.readUInt32BE(header.length - 4) >>> 16;
  return width > 0 && height > 0 ? { width, height } : null;
}

function box(bytes: Buffer, wanted: string): Buffer | null {
  return boxes(bytes, wanted).next().value ?? null;
}

/** Contents of the boxes of this type, one after the other. */
function* boxes(bytes: Buffer, wanted: string): Generator<Buffer, undefined, undefined> {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const short = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const head = short === 1 ? 16 : 8;
    if (at + head > bytes.length) return;
    const size =
      short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? bytes.length - at : short;
    if (size < head) return;
    if (type === wanted) yield bytes.subarray(at + head, at + size);
    at += size;
  }
}

/** A box of ISO media files. */
function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(8 + body.length), ascii(type), body]);
}

const full = (version: number): Buffer => Buffer.from([version, 0, 0, 0]);
const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/**
 * One picture of 64 × 48, as x265 wrote it: red at the upper left, green at the upper right, blue at the lower left, nearly
 * white at the lower right. Three parameter sets and the picture itself.
 */
const [vps, sps, pps, picture] = [
  'QAEMAf//AWAAAAMAkAAAAwAAAwAekoCQ',
  'QgEBAWAAAAMAkAAAAwAAAwAeoCCDFlkq5Mrm4CGgwIAAAAMAgAAADIQ=',
  'RAHBc9CJ',
  'KAGvCeAjTT/+Ua//lMtD39tdriuWjyX4cH5LP/XlK4Tcp5RTC4e5n/r9Vuz9Z1h4mx/s1p/pT/vbMU1shKXID3/cFzc/5Woal663UlFiOBNB2MmYGMbYMZaoeYByZkGfKZhSsqcDYA==',
].map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer, Buffer, Buffer];

export const heicColours = {
  upperLeft: [220, 30, 30],
  upperRight: [30, 200, 40],
  lowerLeft: [40, 50, 220],
  lowerRight: [240, 240, 240],
} as const;

/** Main profile, 8 bits, 4:2:0. */
function configuration(sets: readonly Buffer[]): Buffer {
  const head = [1, 1, 0x60, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 0x1e, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f];
  const arrays = sets.map((set) =>
    Buffer.concat([Buffer.from([0x80 | ((set[0] ?? 0) >> 1)]), u16(1), u16(set.length), set]),
  );
  return box('hvcC', Buffer.from([...head, sets.length]), ...arrays);
}

interface HeicOptions {
  /** Quarters of a turn that a viewer has to make, against the clock. */
  readonly turns?: 0 | 1 | 2 | 3;
  /** The colour profile that the pixels are meant in. */
  readonly icc?: Buffer;
  /** As a JPEG of a camera has it: `Exif`, two zeroes, the TIFF. */
  readonly exif?: Buffer;
}

/** A HEIC as a phone writes it, of the picture above. */
export function heic({ turns = 0, icc, exif }: HeicOptions = {}): Buffer {
  const profile =
    icc === undefined
      ? box('colr', ascii('nclx'), u16(1), u16(13), u16(6), Buffer.from([0x80]))
      : box('colr', ascii('prof'), icc);
  return file({
    properties: [
      configuration([vps, sps, pps]),
      box('ispe', full(0), u32(64), u32(48)),
      profile,
      box('irot', Buffer.from([turns])),
    ],
    data: Buffer.concat([u32(picture.length), picture]),
    exif: exif === undefined ? null : Buffer.concat([u32(6), exif]),
  });
}

/** What a phone's HEIC looks like from outside: one HEVC picture that is said to be of this size, whose pixels are nonsense. */
export function hollowHeic(width: number, height: number): Buffer {
  const properties = [configuration([]), box('ispe', full(0), u32(width), u32(height))];
  return file({ properties, data: Buffer.alloc(64, 1), exif: null });
}

interface Content {
  readonly properties: readonly Buffer[];
  readonly data: Buffer;
  readonly exif: Buffer | null;
}

function file({ properties, data, exif }: Content): Buffer {
  const ftyp = box('ftyp', ascii('heic'), u32(0), ascii('mif1heic'));
  const items = [data, ...(exif === null ? [] : [exif])];
  const build = (start: number): Buffer =>
    box(
      'meta',
      full(0),
      box('hdlr', full(0), u32(0), ascii('pict'), Buffer.alloc(13)),
      box('pitm', full(0), u16(1)),
      box('iloc', full(0), Buffer.from([0x44, 0]), u16(items.length), ...locations(items, start)),
      box('iinf', full(0), u16(items.length), entry(1, 'hvc1'), ...(exif === null ? [] : [entry(2, 'Exif')])),
      ...(exif === null ? [] : [box('iref', full(0), box('cdsc', u16(2), u16(1), u16(1)))]),
      box(
        'iprp',
        box('ipco', ...properties),
        box(
          'ipma',
          full(0),
          u32(1),
          u16(1),
          Buffer.from([properties.length, ...properties.map((_property, index) => index + 1)]),
        ),
      ),
    );
  const start = ftyp.length + build(0).length + 8;
  return Buffer.concat([ftyp, build(start), box('mdat', ...items)]);
}

function entry(id: number, type: string): Buffer {
  return box('infe', full(2), u16(id), u16(0), ascii(`${type}\0`));
}

function locations(items: readonly Buffer[], start: number): Buffer[] {
  let at = start;
  return items.map((item, index) => {
    const place = Buffer.concat([u16(index + 1), u16(0), u16(1), u32(at), u32(item.length)]);
    at += item.length;
    return place;
  });
}

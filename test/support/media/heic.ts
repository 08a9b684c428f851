/** A box of ISO media files. */
function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + body.length);
  return Buffer.concat([size, Buffer.from(type, 'latin1'), body]);
}

const full = (version: number): Buffer => Buffer.from([version, 0, 0, 0]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** What a phone's HEIC looks like from outside: one HEVC picture of this size, whose pixels are nonsense. */
export function heic(width: number, height: number): Buffer {
  const data = Buffer.alloc(64, 1);
  const ftyp = box('ftyp', ascii('heic'), u32(0), ascii('mif1heic'));
  const build = (offset: number): Buffer =>
    box(
      'meta',
      full(0),
      box('hdlr', full(0), u32(0), ascii('pict'), Buffer.alloc(13)),
      box('pitm', full(0), Buffer.from([0, 1])),
      box('iloc', full(0), Buffer.from([0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1]), u32(offset), u32(data.length)),
      box(
        'iinf',
        full(0),
        Buffer.from([0, 1]),
        box('infe', full(2), Buffer.from([0, 1, 0, 0]), ascii('hvc1\0')),
      ),
      box(
        'iprp',
        box('ipco', box('hvcC', hevcConfiguration), box('ispe', full(0), u32(width), u32(height))),
        box('ipma', full(0), u32(1), Buffer.from([0, 1, 2, 0x81, 0x02])),
      ),
    );
  const offset = ftyp.length + build(0).length + 8;
  return Buffer.concat([ftyp, build(offset), box('mdat', data)]);
}

/** Main profile, 8 bits, 4:2:0, no parameter sets. */
const hevcConfiguration = Buffer.from([
  1, 1, 0x60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 90, 0xf0, 0, 0xfc, 0xfd, 0xf8, 0xf8, 0, 0, 0x0f, 0,
]);

import { type EncodedBody, encodeBody } from './body.encoder.js';
import { excerpt } from './evidence.js';
import { parseJson } from './json.parser.js';
import { type MultipartPart } from './http.types.js';

const bytesOf = ({ segments }: EncodedBody): Buffer =>
  Buffer.concat(segments.filter((segment) => Buffer.isBuffer(segment)));

const PARTS: MultipartPart[] = [
  { name: 'caption', value: 'Grüße' },
  { name: 'meta', value: '{}', contentType: 'application/json' },
  { name: 'photo', filename: 'a"b\r\n.jpg', contentType: 'image/jpeg', bytes: Buffer.from([1, 2, 3]) },
];

describe('encodeBody', () => {
  it('writes forms', () => {
    const body = encodeBody({ kind: 'form', fields: { a: 'x y', b: 'ä&' } });
    expect(bytesOf(body).toString()).toBe('a=x+y&b=%C3%A4%26');
    const twice = encodeBody({
      kind: 'form',
      fields: [
        ['a', '1'],
        ['a', '2'],
      ],
    });
    expect(bytesOf(twice).toString()).toBe('a=1&a=2');
  });

  it('writes multipart bodies, each time with the same bytes', () => {
    const body = encodeBody({ kind: 'multipart', parts: PARTS });
    const again = encodeBody({ kind: 'multipart', parts: structuredClone(PARTS) });
    expect(again.contentType).toBe(body.contentType);
    expect(bytesOf(again)).toEqual(bytesOf(body));
    expect(again.sha256).toBe(body.sha256);
    const boundary = body.contentType?.split('boundary=')[1] ?? '';
    expect(bytesOf(body).toString('utf8')).toBe(
      [
        `--${boundary}`,
        'Content-Disposition: form-data; name="caption"',
        '',
        'Grüße',
        `--${boundary}`,
        'Content-Disposition: form-data; name="meta"',
        'Content-Type: application/json',
        '',
        '{}',
        `--${boundary}`,
        'Content-Disposition: form-data; name="photo"; filename="a%22b%0D%0A.jpg"',
        'Content-Type: image/jpeg',
        '',
        '\u0001\u0002\u0003',
        `--${boundary}--`,
        '',
      ].join('\r\n'),
    );
    expect(body.length).toBe(bytesOf(body).length);
  });

  it('gives other parts another boundary', () => {
    const types = [PARTS, PARTS.slice(1), [...PARTS].reverse()].map(
      (parts) => encodeBody({ kind: 'multipart', parts }).contentType,
    );
    expect(new Set(types).size).toBe(3);
  });

  it('describes bytes by their number', () => {
    const bytes = new Uint8Array(9);
    expect(encodeBody({ kind: 'raw', bytes, contentType: 'video/mp4' }).description).toBe(
      '[9 bytes video/mp4]',
    );
    expect(encodeBody({ kind: 'raw', bytes: '<a/>', contentType: 'text/xml' }).description).toBe('<a/>');
    expect(encodeBody({ kind: 'multipart', parts: PARTS }).description).toContain(
      'photo: a"b\r\n.jpg [3 bytes image/jpeg]',
    );
    expect(encodeBody(undefined)).toMatchObject({ length: 0, contentType: null });
  });
});

describe('excerpt', () => {
  it('has at most 4 kB, whole characters and no secret at its edge', () => {
    expect(Buffer.byteLength(excerpt('é'.repeat(9_999)))).toBeLessThanOrEqual(4_096);
    expect(excerpt('é'.repeat(9_999))).toMatch(/^é+$/);
    expect(excerpt(`${'x'.repeat(4_070)} password=hunter2hunter2`)).not.toContain('hunter');
    expect(excerpt(`{"password":"${'s'.repeat(99_999)}"}`)).not.toContain('sss');
    expect(excerpt('a\0b')).toBe('ab');
  });
});

describe('parseJson', () => {
  it('keeps every digit of a large whole number', () => {
    expect(
      parseJson(
        '{"id":12345678901234567890,"n":-9007199254740993,"ok":9007199254740991,"f":0.1234567890123456,"e":1e25}',
      ),
    ).toEqual({
      id: '12345678901234567890',
      n: '-9007199254740993',
      ok: 9007199254740991,
      f: 0.1234567890123456,
      e: 1e25,
    });
  });

  it('reads as JSON.parse does', () => {
    for (const text of [
      '[1,"12345678901234567890",null,true]',
      '\uFEFF{"a":1}',
      '{"a":1,"a":{"x":1234567890123456}}',
    ]) {
      expect(parseJson(text)).toEqual(JSON.parse(text.replace('\uFEFF', '')));
    }
  });

  it.each(['', '{', '<html>', '{"a":1234567890123456,}', `${'['.repeat(200_000)}1234567890123456`])(
    'refuses what is no JSON',
    (text) => {
      expect(() => parseJson(text)).toThrow(expect.objectContaining({ name: 'SyntaxError' }));
    },
  );
});

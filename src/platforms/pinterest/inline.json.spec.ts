import { Readable } from 'node:stream';
import { sourceOf, wholly, type ByteSource } from '../../common/http/index.js';
import { hashOf, InlineFile, inlineJson, type InlineJson } from './inline.json.js';

async function textOf(source: ByteSource): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of wholly(source)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Gives its bytes in chunks that no three bytes fit into. */
function inPieces(bytes: Buffer, size: number): ByteSource {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
  return { ...sourceOf(bytes), open: () => Promise.resolve(Readable.from(chunks)) };
}

describe('JSON with files in it', () => {
  it.each([0, 1, 2, 3, 10, 4096])('writes a file of %i bytes as base64', async (length) => {
    const bytes = Buffer.alloc(length, 7);
    const value: InlineJson = {
      name: 'Grüße "👋"',
      files: [{ data: new InlineFile(inPieces(bytes, 2)) }, null],
      no: 1,
    };
    const source = inlineJson(value);
    const text = await textOf(source);
    expect(JSON.parse(text)).toEqual({
      name: 'Grüße "👋"',
      files: [{ data: bytes.toString('base64') }, null],
      no: 1,
    });
    expect(Buffer.byteLength(text)).toBe(source.bytes);
  });

  it('is as JSON.stringify writes it', async () => {
    const value: InlineJson = { text: 'a', flag: true, list: [1, 'two', { three: 3 }], nothing: null };
    expect(await textOf(inlineJson(value))).toBe(JSON.stringify(value));
  });

  it('has one hash, which holds while it is sent', async () => {
    const value = (text: string): InlineJson => ({ data: new InlineFile(sourceOf(Buffer.from(text))) });
    const sha256 = await hashOf(inlineJson(value('one')));
    expect(await hashOf(inlineJson(value('one')))).toBe(sha256);
    expect(await textOf(inlineJson(value('one'), sha256))).toBe('{"data":"b25l"}');
    await expect(textOf(inlineJson(value('two'), sha256))).rejects.toThrow('other bytes than announced');
  });

  it('gives a part of itself, where all of its files are there', async () => {
    const file = sourceOf(Buffer.from('one'));
    const source = inlineJson({ data: new InlineFile(file) });
    const part = await source.open({ first: 2, last: 11 });
    expect((await part.toArray()).join('')).toBe('data":"b25');
    const gone: ByteSource = { ...file, open: () => Promise.reject(new Error('it is gone')) };
    const range = { first: 0, last: 0 };
    await expect(inlineJson({ data: new InlineFile(gone) }).open(range)).rejects.toThrow('it is gone');
  });
});

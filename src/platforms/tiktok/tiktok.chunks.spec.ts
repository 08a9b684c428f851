import { createHash } from 'node:crypto';
import { sourceOf } from '../../common/http/index.js';
import { hashOf, pieceOf, planChunks } from './tiktok.chunks.js';

const mega = 1_000_000;

describe('the pieces of a video', () => {
  it.each([
    ['a small one goes out whole', 3 * mega, [3 * mega]],
    ['so does one below two pieces', 20 * mega - 1, [20 * mega - 1]],
    ['the last takes the rest', 25 * mega, [10 * mega, 15 * mega]],
    ['nothing is left over', 30 * mega, [10 * mega, 10 * mega, 10 * mega]],
  ])('%s', (_what, bytes, sizes) => {
    const { chunkSize, chunks } = planChunks(bytes);
    expect(chunks.map((chunk) => chunk.bytes)).toEqual(sizes);
    expect(chunkSize).toBe(sizes[0]);
    expect(chunks.length).toBe(Math.floor(bytes / chunkSize));
    const ends = chunks.map((chunk) => chunk.offset + chunk.bytes);
    expect(chunks.map(({ offset }) => offset)).toEqual([0, ...ends.slice(0, -1)]);
    expect(ends.at(-1)).toBe(bytes);
  });

  it('stay within what TikTok takes, up to the largest video', () => {
    const { chunks } = planChunks(4 * 1024 ** 3);
    expect(chunks.length).toBeLessThanOrEqual(1000);
    expect(Math.max(...chunks.map(({ bytes }) => bytes))).toBeLessThan(128 * mega);
  });

  it('are hashed as they are sent', async () => {
    const source = sourceOf(Buffer.from('abcdef'));
    const piece = pieceOf(source, { offset: 2, bytes: 3 });
    expect(await hashOf(piece)).toBe(createHash('sha256').update('cde').digest('hex'));
    expect(pieceOf(source, { offset: 0, bytes: 6 })).toBe(source);
  });
});

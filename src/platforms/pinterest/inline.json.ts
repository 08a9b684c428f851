import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { wholly, type ByteRange, type ByteSource } from '../../common/http/index.js';

/** A file that stands in JSON as base64. */
export class InlineFile {
  constructor(readonly source: ByteSource) {}
}

export type InlineJson =
  | null
  | boolean
  | number
  | string
  | InlineFile
  | readonly InlineJson[]
  | { readonly [name: string]: InlineJson };

type Piece = string | ByteSource;

/** JSON with files in it, written piece by piece: no file is ever in memory as a whole. */
export function inlineJson(value: InlineJson, sha256: string | null = null): ByteSource {
  const pieces = piecesOf(value);
  const bytes = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  const open = async (range?: ByteRange): Promise<Readable> => {
    if (range === undefined) return Readable.from(written(pieces));
    await assertReadable(pieces);
    return Readable.from(cut(written(pieces), range));
  };
  return { bytes, sha256, open };
}

/** Hash of everything that a source gives, reading it once. */
export async function hashOf(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of wholly(source)) hash.update(chunk);
  return hash.digest('hex');
}

function piecesOf(value: InlineJson): Piece[] {
  if (value instanceof InlineFile) return ['"', value.source, '"'];
  if (isList(value)) return ['[', ...value.flatMap((item, index) => separated(index, piecesOf(item))), ']'];
  if (value === null || typeof value !== 'object') return [JSON.stringify(value)];
  const fields = Object.entries(value).flatMap(([name, item], index) =>
    separated(index, [`${JSON.stringify(name)}:`, ...piecesOf(item)]),
  );
  return ['{', ...fields, '}'];
}

function isList(value: InlineJson): value is readonly InlineJson[] {
  return Array.isArray(value);
}

function separated(index: number, pieces: Piece[]): Piece[] {
  return index === 0 ? pieces : [',', ...pieces];
}

function lengthOf(piece: Piece): number {
  return typeof piece === 'string' ? Buffer.byteLength(piece) : 4 * Math.ceil(piece.bytes / 3);
}

/** Whoever asks for a part wants to know whether everything is there. */
async function assertReadable(pieces: readonly Piece[]): Promise<void> {
  for (const piece of pieces) {
    if (typeof piece === 'string' || piece.bytes === 0) continue;
    await finished((await piece.open({ first: 0, last: 0 })).resume());
  }
}

async function* cut(chunks: AsyncIterable<Buffer>, { first, last }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of chunks) {
    const wanted = chunk.subarray(Math.max(0, first - at), Math.max(0, last + 1 - at));
    if (wanted.length > 0) yield wanted;
    at += chunk.length;
    if (at > last) return;
  }
}

async function* written(pieces: readonly Piece[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) {
    if (typeof piece === 'string') yield Buffer.from(piece, 'utf8');
    else yield* base64Of(piece);
  }
}

/** Three bytes at a time: what is left over waits for the next chunk. */
async function* base64Of(source: ByteSource): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of wholly(source)) {
    const all = Buffer.concat([rest, chunk]);
    const whole = all.length - (all.length % 3);
    rest = all.subarray(whole);
    if (whole > 0) yield Buffer.from(all.toString('base64', 0, whole), 'latin1');
  }
  if (rest.length > 0) yield Buffer.from(rest.toString('base64'), 'latin1');
}

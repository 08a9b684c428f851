import { undeclaredFields } from '../core/field.paths.js';
import {
  arrayAt,
  isJsonObject,
  numberAt,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '../core/json.js';
import { BLOCK_FIELDS, FORMATS, SUBTYPES } from './npf.fields.js';
import { invalid } from './tumblr.errors.js';

const MOST_BLOCKS = 1_000;
const MOST_CODE_POINTS = 4_096;
const MOST_INDENTED = 7;
const MOST_BYTES = 1_000_000;
const MOST_OF: ReadonlyMap<string, number> = new Map([
  ['link', 10],
  ['image', 30],
  ['video', 10],
  ['audio', 10],
]);
const MOST_UPLOADED_VIDEOS = 1;
const MOST_RANGES: ReadonlyMap<string, number> = new Map([
  ['mention', 50],
  ['link', 100],
]);

/** A block that is valid by itself; `identifier` names the part of the request that is its file. */
export interface ReadBlock {
  readonly type: string;
  readonly fields: JsonObject;
  readonly identifier: string | null;
}

/** The blocks of a post without empty text around them; throws where NPF is not kept to. */
export function readBlocks(content: JsonValue | undefined): ReadBlock[] {
  if (!Array.isArray(content)) throw invalid('content must be an array of blocks');
  if (content.length > MOST_BLOCKS) throw invalid(`content has more than ${MOST_BLOCKS} blocks`);
  const blocks = trimmed(content.map(readBlock));
  if (blocks.length === 0) throw invalid('a post without content');
  if (Buffer.byteLength(JSON.stringify(content)) > MOST_BYTES) throw invalid('the post is larger than 1 MB');
  checkCounts(blocks);
  return blocks;
}

function trimmed(blocks: readonly ReadBlock[]): ReadBlock[] {
  const says = ({ type, fields }: ReadBlock): boolean =>
    type !== 'text' || (stringAt(fields, 'text') ?? '').trim() !== '';
  const first = blocks.findIndex(says);
  return first < 0 ? [] : blocks.slice(first, blocks.findLastIndex(says) + 1);
}

function checkCounts(blocks: readonly ReadBlock[]): void {
  for (const [type, most] of MOST_OF) {
    const count = blocks.filter((block) => block.type === type).length;
    if (count > most) throw invalid(`more than ${most} blocks of type ${type}`);
  }
  const uploaded = blocks.filter(({ type, identifier }) => type === 'video' && identifier !== null);
  if (uploaded.length > MOST_UPLOADED_VIDEOS) throw invalid('more than one uploaded video');
  const ranges = blocks.flatMap(({ fields }) => (arrayAt(fields, 'formatting') ?? []).filter(isJsonObject));
  for (const [type, most] of MOST_RANGES) {
    const count = ranges.filter((range) => range['type'] === type).length;
    if (count > most) throw invalid(`more than ${most} ranges of type ${type}`);
  }
}

function readBlock(value: JsonValue, index: number): ReadBlock {
  const fields = isJsonObject(value) ? value : {};
  const type = stringAt(fields, 'type') ?? '';
  const known = BLOCK_FIELDS.get(type);
  if (known === undefined) throw invalid(`content[${index}]: a block of unknown type`);
  const strange = undeclaredFields(fields, known);
  if (strange.length > 0) throw invalid(`content[${index}]: unknown ${strange.join(', ')}`);
  switch (type) {
    case 'text':
      checkText(fields, index);
      return { type, fields, identifier: null };
    case 'link':
      needUrl(fields, index);
      return { type, fields, identifier: null };
    case 'image':
      checkLengths(fields, index, ['alt_text', 'caption']);
      return { type, fields, identifier: identifierOf(arrayAt(fields, 'media')?.[0], index) };
    default:
      return { type, fields, identifier: playable(fields, index) };
  }
}

/** A file of one's own, or the address of somebody else's player. */
function playable(fields: JsonObject, index: number): string | null {
  const media = fields['media'];
  if (Array.isArray(media)) throw invalid(`content[${index}].media is an object, not an array`);
  if (media !== undefined) return identifierOf(media, index);
  needUrl(fields, index);
  return null;
}

function identifierOf(media: JsonValue | undefined, index: number): string {
  const medium = isJsonObject(media) ? media : {};
  const identifier = stringAt(medium, 'identifier');
  if (identifier === undefined || identifier === '') {
    throw invalid(`content[${index}].media has no identifier of a part of this request`);
  }
  return identifier;
}

function needUrl(fields: JsonObject, index: number): void {
  const url = stringAt(fields, 'url') ?? '';
  if (!/^https?:/.test(url) || !URL.canParse(url)) throw invalid(`content[${index}].url is no address`);
}

function checkText(fields: JsonObject, index: number): void {
  const text = stringAt(fields, 'text');
  if (text === undefined) throw invalid(`content[${index}].text is missing`);
  checkLengths(fields, index, ['text']);
  const subtype = fields['subtype'];
  if (subtype !== undefined && (typeof subtype !== 'string' || !SUBTYPES.includes(subtype))) {
    throw invalid(`content[${index}].subtype is unknown`);
  }
  const indent = fields['indent_level'] ?? 0;
  if (typeof indent !== 'number' || indent < 0 || indent > MOST_INDENTED || !Number.isInteger(indent)) {
    throw invalid(`content[${index}].indent_level is from 0 to ${MOST_INDENTED}`);
  }
  const formatting = fields['formatting'] ?? [];
  if (!Array.isArray(formatting)) throw invalid(`content[${index}].formatting must be an array`);
  for (const range of formatting) checkRange(range, [...text].length, index);
}

/** Ends count in code points, the second is behind the last one. */
function checkRange(value: JsonValue, length: number, index: number): void {
  const range = isJsonObject(value) ? value : {};
  const [start, end] = [numberAt(range, 'start') ?? -1, numberAt(range, 'end') ?? -1];
  if (start < 0 || end <= start || end > length) {
    throw invalid(`content[${index}].formatting: a range from ${start} to ${end} in ${length} code points`);
  }
  const needed = FORMATS.get(stringAt(range, 'type') ?? '');
  if (needed === undefined) throw invalid(`content[${index}].formatting: an unknown type`);
  const has =
    needed === null ||
    (needed === 'blog' && stringAt(objectAt(range, 'blog') ?? {}, 'uuid') !== undefined) ||
    (needed === 'url' && URL.canParse(stringAt(range, 'url') ?? '')) ||
    (needed === 'hex' && /^#[0-9a-f]{6}$/i.test(stringAt(range, 'hex') ?? ''));
  if (!has) throw invalid(`content[${index}].formatting: ${needed} is missing or wrong`);
}

function checkLengths(fields: JsonObject, index: number, names: readonly string[]): void {
  for (const name of names) {
    const value = fields[name];
    if (value === undefined) continue;
    if (typeof value !== 'string' || [...value].length > MOST_CODE_POINTS) {
      throw invalid(`content[${index}].${name} is longer than ${MOST_CODE_POINTS} code points`);
    }
  }
}

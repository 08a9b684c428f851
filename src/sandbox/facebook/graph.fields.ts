import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import { invalid } from './facebook.errors.js';

/** Every field that a node has; undefined: it is known, and this one does not have it. */
export type View = Readonly<Record<string, JsonValue | undefined>>;

interface Field {
  readonly name: string;
  readonly below: readonly Field[] | null;
}

/** What `fields` asks for: `id,attachments{media_type,target{id}},comments.summary(true).limit(0)`. */
export function pick(
  view: View,
  wanted: string | undefined,
  usual: readonly string[],
  node: string,
): JsonObject {
  const fields = wanted === undefined ? usual.map((name) => ({ name, below: null })) : parseFields(wanted);
  const unknown = fields.find(({ name }) => !(name in view));
  if (unknown !== undefined) {
    throw invalid(`Tried accessing nonexisting field (${unknown.name}) on node type (${node})`);
  }
  const picked: JsonObject = {};
  for (const { name, below } of [...fields, { name: 'id', below: null }]) {
    const value = view[name];
    if (value !== undefined) picked[name] = below === null ? value : pickBelow(value, below);
  }
  return picked;
}

function pickBelow(value: JsonValue, fields: readonly Field[]): JsonValue {
  if (Array.isArray(value)) return value.map((item) => pickBelow(item, fields));
  if (!isJsonObject(value)) return value;
  if (Array.isArray(value['data'])) return { ...value, data: pickBelow(value['data'], fields) };
  const picked: JsonObject = {};
  for (const { name, below } of fields) {
    const found = value[name];
    if (found !== undefined) picked[name] = below === null ? found : pickBelow(found, below);
  }
  return picked;
}

function parseFields(text: string): Field[] {
  return splitOutside(text)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const open = part.indexOf('{');
      const head = open === -1 ? part : part.slice(0, open);
      const below = open === -1 ? null : parseFields(part.slice(open + 1, part.lastIndexOf('}')));
      return { name: head.split(/[.(]/)[0] ?? '', below };
    });
}

/** At the commas outside of any bracket. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let [part, depth] = ['', 0];
  for (const character of text) {
    if ('{('.includes(character)) depth += 1;
    if ('})'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}

import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import { invalid } from './graph.errors.js';

/** Every field that a node has; undefined: it is known, and this one does not have it. */
export type View = Readonly<Record<string, JsonValue | undefined>>;

/** What `fields` asks for, and always the id: `id,permalink,children{id,media_type}`. */
export function pick(view: View, wanted: string | undefined, usual: string): JsonObject {
  const picked: JsonObject = {};
  for (const { name, below } of parse(wanted ?? usual)) {
    if (!(name in view)) throw invalid(`Tried accessing nonexisting field (${name})`);
    const value = view[name];
    if (value !== undefined) picked[name] = below === null ? value : pickBelow(value, below);
  }
  return view['id'] === undefined ? picked : { ...picked, id: view['id'] };
}

function pickBelow(value: JsonValue, wanted: string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => pickBelow(item, wanted));
  if (!isJsonObject(value)) return value;
  const list = value['data'];
  return list === undefined ? pick(value, wanted, 'id') : { ...value, data: pickBelow(list, wanted) };
}

/** Names with what stands in their braces, apart at the commas outside of them. */
function parse(wanted: string): { readonly name: string; readonly below: string | null }[] {
  const parts = wanted.match(/[^,{}]+(\{([^{}]|\{[^{}]*\})*\})?/g) ?? [];
  return parts.map((part) => {
    const [, name = '', below] = /^\s*([^{]+?)\s*(?:\{(.*)\})?$/.exec(part) ?? [];
    return { name, below: below ?? null };
  });
}

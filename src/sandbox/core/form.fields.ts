import { isJsonObject, type JsonObject, type JsonValue } from './json.js';

/** Form pairs as an object: `a=1`, `media_ids[]=1`, `poll[options][]=x`. Of a plain name sent twice, the last one counts. */
export function nestFields(pairs: Iterable<readonly [string, string]>): JsonObject {
  const root: JsonObject = {};
  for (const [name, value] of pairs) {
    const [first = '', ...rest] = splitName(name);
    root[first] = place(root[first], rest, value);
  }
  return root;
}

function splitName(name: string): string[] {
  const open = name.indexOf('[');
  if (open <= 0 || !/^[^[\]]+(\[[^[\]]*\])+$/.test(name)) return [name];
  return [
    name.slice(0, open),
    ...[...name.slice(open).matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? ''),
  ];
}

function place(current: JsonValue | undefined, keys: readonly string[], value: string): JsonValue {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (key === '') {
    const items = Array.isArray(current) ? current : [];
    return [...items, place(undefined, rest, value)];
  }
  const object = current !== undefined && isJsonObject(current) ? current : {};
  return { ...object, [key]: place(object[key], rest, value) };
}

import { isJsonObject, type JsonValue } from './json.js';
import type { FieldPaths } from './operation.js';

/** Paths of the fields of `value` that `allowed` does not name. */
export function undeclaredFields(value: JsonValue, allowed: FieldPaths): string[] {
  const found = new Set<string>();
  walk(value, '', { exact: expand(allowed), open: openPrefixes(allowed) }, found);
  return [...found];
}

interface Allowed {
  readonly exact: ReadonlySet<string>;
  readonly open: readonly string[];
}

/** `a.b[].c` allows `a`, `a.b`, `a.b[]` and itself. */
function expand(paths: FieldPaths): ReadonlySet<string> {
  const all = new Set<string>();
  for (const path of paths) {
    const clean = path.replace(/\.\*$/, '');
    for (const cut of clean.matchAll(/\.|\[\]/g)) all.add(clean.slice(0, cut.index));
    all.add(clean);
  }
  return all;
}

function openPrefixes(paths: FieldPaths): string[] {
  return paths.filter((path) => path.endsWith('.*')).map((path) => path.slice(0, -2));
}

function walk(value: JsonValue, path: string, allowed: Allowed, found: Set<string>): void {
  if (path !== '' && !allowed.exact.has(path)) {
    found.add(path);
    return;
  }
  if (path !== '' && allowed.open.includes(path)) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, `${path}[]`, allowed, found);
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value))
      walk(item, path === '' ? key : `${path}.${key}`, allowed, found);
  }
}

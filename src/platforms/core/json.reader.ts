/** Typed reads from JSON that came from outside. A path that does not lead to the wanted type reads as null, never throws. */
export type JsonRecord = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((current, key) => {
    if (typeof key === 'number') {
      const items: readonly unknown[] = Array.isArray(current) ? current : [];
      return items[key];
    }
    return isRecord(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }, value);
}

export function recordAt(value: unknown, ...path: Path): JsonRecord | null {
  const found = at(value, path);
  return isRecord(found) ? found : null;
}

export function textAt(value: unknown, ...path: Path): string | null {
  const found = at(value, path);
  return typeof found === 'string' ? found : null;
}

/** Finite numbers only; a number in a text is no number. */
export function numberAt(value: unknown, ...path: Path): number | null {
  const found = at(value, path);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

export function flagAt(value: unknown, ...path: Path): boolean | null {
  const found = at(value, path);
  return typeof found === 'boolean' ? found : null;
}

export function listAt(value: unknown, ...path: Path): readonly unknown[] | null {
  const found = at(value, path);
  return Array.isArray(found) ? found : null;
}

/** The texts of a list; other items are left out. */
export function textsAt(value: unknown, ...path: Path): readonly string[] {
  return (listAt(value, ...path) ?? []).filter((item) => typeof item === 'string');
}

export interface PathPattern {
  match(path: string): Readonly<Record<string, string>> | null;
  /** The path with the values of these parameters hidden. */
  redact(path: string, secrets: readonly string[]): string;
}

const PARAMETER = /[:*]([A-Za-z][A-Za-z0-9]*)/g;

/** `:name` is (a part of) one segment, `*name` at the end is the rest of the path. */
export function compilePath(pattern: string): PathPattern {
  const names: string[] = [];
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(PARAMETER, (token, name: string) => {
    names.push(name);
    return token.startsWith('*') ? '(.+)' : '([^/]+)';
  });
  const expression = new RegExp(`^${source}$`);
  return {
    match: (path) => {
      const found = expression.exec(path);
      if (!found) return null;
      return Object.fromEntries(names.map((name, index) => [name, decode(found[index + 1] ?? '')]));
    },
    redact: (path, secrets) => {
      const found = expression.exec(path);
      if (!found || secrets.length === 0) return path;
      let index = 0;
      return pattern.replace(PARAMETER, (_token, name: string) => {
        index += 1;
        return secrets.includes(name) ? '***' : (found[index] ?? '');
      });
    },
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

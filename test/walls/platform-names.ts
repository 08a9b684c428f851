import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Names that are also ordinary words: for them only a string that is the name, or a code that begins with it, counts. */
const ORDINARY_WORDS = new Set(['x', 'email', 'threads']);

export function platformNames(root: string): string[] {
  const notPlatforms = new Set(['core', 'families']);
  return readdirSync(path.join(root, 'src/platforms'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notPlatforms.has(entry.name))
    .map((entry) => entry.name);
}

export function platformNamesIn(text: string, names: readonly string[]): string[] {
  return names.filter((name) => {
    if (ORDINARY_WORDS.has(name)) return new RegExp(`(['"\`])${name}(\\1|[.][a-z])`).test(text);
    return new RegExp(name.replaceAll('-', '[-_ ]?'), 'i').test(text);
  });
}

export function typescriptFiles(root: string, folder: string): string[] {
  const start = path.join(root, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

export const read = (root: string, file: string): string => readFileSync(path.join(root, file), 'utf8');

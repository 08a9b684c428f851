import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

const named = /`((?:test|src)\/[^`›]+?) › ([^`]+)`/g;

/** The tests that a document names as `file › title`. */
export function namedTests(document: string): NamedTest[] {
  return [...document.matchAll(named)].map(([, file = '', title = '']) => ({ file, title }));
}

/** Those that are not there: no such file, or no such title in it. */
export function missingTests(tests: readonly NamedTest[], root: string): NamedTest[] {
  return tests.filter(({ file, title }) => {
    const full = path.join(root, file);
    return !existsSync(full) || !readFileSync(full, 'utf8').includes(title);
  });
}

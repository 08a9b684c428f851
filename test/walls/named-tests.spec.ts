import { readFileSync } from 'node:fs';
import path from 'node:path';
import { missingTests, namedTests } from './named-tests.js';

const root = path.resolve(import.meta.dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const section = /## What happens when…\n(.*?)\n## /s.exec(readme)?.[1] ?? '';

describe('what the README says about trouble', () => {
  it('is backed, row by row, by a test that exists', () => {
    const rows = section.split('\n').filter((line) => line.startsWith('|') && !/^\| ?-/.test(line));
    const [, ...sentences] = rows;
    expect(sentences.length).toBeGreaterThan(20);
    expect(sentences.filter((row) => namedTests(row).length === 0)).toEqual([]);
    expect(missingTests(namedTests(section), root)).toEqual([]);
  });

  it('would be noticed if its test were renamed or its file were gone', () => {
    const planted =
      '`test/walls/named-tests.spec.ts › is no title` and `test/walls/nowhere.spec.ts › is backed`';
    expect(
      missingTests(namedTests(`${planted} \`${String.raw`test/walls/walls.spec.ts › describe`}\``), root),
    ).toEqual([{ file: 'test/walls/nowhere.spec.ts', title: 'is backed' }]);
    const other = namedTests(['`test/walls/walls.spec.ts', 'no such words in there`'].join(' › '));
    expect(missingTests(other, root)).toEqual(other);
  });
});

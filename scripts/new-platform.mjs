// npm run new:platform NAME: the folder, the simulator and the contract profile of a platform that publishes text, to be built on.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';

const root = path.resolve(process.env.FANFARE_TEST_ROOT ?? path.join(import.meta.dirname, '..'));
const templates = path.join(import.meta.dirname, 'new-platform');

const platformFiles = [
  'config',
  'capabilities',
  'settings',
  'descriptor',
  'errors',
  'client',
  'connector',
  'publisher',
  'module',
];
const sandboxFiles = ['settings', 'state', 'operations', 'simulator'];

/** Where each template goes. */
const targetsOf = (key) => [
  ['platform.index.ts', `src/platforms/${key}/index.ts`],
  ...platformFiles.map((role) => [`platform.${role}.ts`, `src/platforms/${key}/${key}.${role}.ts`]),
  ['platform.README.md', `src/platforms/${key}/README.md`],
  ['sandbox.index.ts', `src/sandbox/${key}/index.ts`],
  ['sandbox.README.md', `src/sandbox/${key}/README.md`],
  ...sandboxFiles.map((role) => [`sandbox.${role}.ts`, `src/sandbox/${key}/${key}.${role}.ts`]),
  ['contract.profile.ts', `test/support/contract/profiles/${key}.profile.ts`],
  ['docs.kinds.md', `docs/kinds/${key}.md`],
  ['chaos.traits.mjs', `scripts/chaos/traits/${key}.mjs`],
];

async function main() {
  const key = process.argv[2] ?? '';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(key)) {
    throw new Error('Give a name in lower case: npm run new:platform example');
  }
  if (existsSync(path.join(root, 'src/platforms', key)))
    throw new Error(`There is a platform "${key}" already.`);
  const names = namesOf(key);
  for (const [template, target] of targetsOf(key)) await write(target, fill(template, names));
  addToOrder(key);
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'platform-files.mjs')], {
    stdio: 'inherit',
  });
  console.log(`Made ${names.Title}: it publishes text to its simulator, and its contract holds.

Not built yet, each listed in src/platforms/${key}/README.md:
  media, threads, first comment, metrics, live options, settings, further rows of the error table

Next:
  1. The facts, with source and date: src/platforms/${key}/README.md
  2. The simulator, from the facts alone: src/sandbox/${key} (how: src/sandbox/README.md)
  3. Capabilities, settings, client, publisher, connector: src/platforms/${key} (how: src/platforms/README.md)
  4. What the contract suite has to know: test/support/contract/profiles/${key}.profile.ts
  5. What a storm has to know: scripts/chaos/traits/${key}.mjs
  npx jest --selectProjects contract --testPathPatterns contract/${key}`);
}

function namesOf(key) {
  const words = key.split('-').map((word) => word[0].toUpperCase() + word.slice(1));
  const Pascal = words.join('');
  return {
    key,
    Pascal,
    camel: Pascal[0].toLowerCase() + Pascal.slice(1),
    Title: words.join(' '),
    UPPER: key.toUpperCase().replaceAll('-', '_'),
  };
}

function fill(template, names) {
  const text = readFileSync(path.join(templates, `${template}.template`), 'utf8');
  return Object.entries(names).reduce(
    (filled, [name, value]) => filled.replaceAll(`__${name}__`, value),
    text,
  );
}

/** A longer name makes longer lines. */
async function write(target, text) {
  const file = path.join(root, target);
  const options = await prettier.resolveConfig(path.join(import.meta.dirname, 'new-platform.mjs'));
  mkdirSync(path.dirname(file), { recursive: true });
  // As the contract suite writes it.
  const isWritten = target.startsWith('docs/kinds/');
  writeFileSync(file, isWritten ? text : await prettier.format(text, { ...options, filepath: file }));
}

/** At the end: a platform keeps its port for ever. */
function addToOrder(key) {
  const file = path.join(root, 'src/sandbox/platform.order.ts');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(`'${key}'`)) writeFileSync(file, text.replace(/\n\];\n$/, `\n  '${key}',\n];\n`));
}

try {
  await main();
} catch (error) {
  console.error(`fanfare: ${error.message}`);
  process.exitCode = 1;
}

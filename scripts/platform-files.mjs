// Writes the files that only list the platforms: node scripts/platform-files.mjs. With --check it tells what is not as it should be.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';

const contractFolder = 'test/contract';
const contractSuffix = '.contract.spec.ts';
const made = '// Made by scripts/platform-files.mjs.';

/** Root of the project, or of a copy of it. */
const root = path.resolve(process.env.FANFARE_TEST_ROOT ?? path.join(import.meta.dirname, '..'));

/** Folders that hold a platform, in the order of their names. */
function keysIn(folder, mark) {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && existsSync(path.join(root, folder, entry.name, mark(entry.name))),
    )
    .map(({ name }) => name)
    .sort();
}

const platforms = keysIn('src/platforms', (key) => `${key}.module.ts`);
const simulators = keysIn('src/sandbox', (key) => `${key}.simulator.ts`);

/** `google-business` as `GoogleBusiness` and `googleBusiness`. */
const pascal = (key) => key.replace(/(^|-)([a-z0-9])/g, (_, _dash, letter) => letter.toUpperCase());
const camel = (key) => pascal(key).replace(/^./, (letter) => letter.toLowerCase());

const lines = (keys, line) => keys.map(line).join('\n');

const platformIndex = `${made}
import type { Type } from '@nestjs/common';
import type { PlatformConfigSpec } from '../common/config/index.js';
${lines(platforms, (key) => `import { ${camel(key)}ConfigSpec, ${pascal(key)}Module } from './${key}/index.js';`)}

/** Every platform that is built in. */
export const platformModules: readonly Type<object>[] = [
${lines(platforms, (key) => `  ${pascal(key)}Module,`)}
];

export const platformConfigSpecs: readonly PlatformConfigSpec[] = [
${lines(platforms, (key) => `  ${camel(key)}ConfigSpec,`)}
];
`;

const simulatorIndex = `${made}
import type { SimulatorFactory } from './core/simulator.js';
${lines(simulators, (key) => `import { createSimulator as ${camel(key)} } from './${key}/index.js';`)}

export interface SimulatorEntry {
  readonly key: string;
  readonly create: SimulatorFactory;
}

/** Every simulator. */
export const SIMULATORS: readonly SimulatorEntry[] = [
${lines(simulators, (key) => `  { key: '${key}', create: ${camel(key)} },`)}
];
`;

const profileIndex = `${made}
import type { Profile } from '../profile.js';
${lines(platforms, (key) => `import { profile as ${camel(key)} } from './${key}.profile.js';`)}

/** What the contract suite knows of each platform. */
export const profiles: Readonly<Record<string, Profile>> = {
${lines(platforms, (key) => `  '${key}': ${camel(key)},`)}
};
`;

const traits = readdirSync(path.join(root, 'scripts/chaos/traits'))
  .filter((name) => name !== 'index.mjs')
  .map((name) => path.basename(name, '.mjs'))
  .sort();

const traitsIndex = `${made}
${lines(traits, (key) => `import { traits as ${camel(key)} } from './${key}.mjs';`)}

/** What a storm has to know about each platform. */
export const TRAITS = {
${lines(traits, (key) => `  '${key}': ${camel(key)},`)}
};
`;

const contractFile = (key) => `${made}
import { profile } from '../support/contract/profiles/${key}.profile.js';
import { describePlatformContract } from '../support/contract/suite.js';

describePlatformContract('${key}', profile);
`;

const wanted = new Map([
  ['src/platforms/index.ts', platformIndex],
  ['src/sandbox/simulators.ts', simulatorIndex],
  ['test/support/contract/profiles/index.ts', profileIndex],
  ['scripts/chaos/traits/index.mjs', traitsIndex],
  ...platforms.map((key) => [`${contractFolder}/${key}${contractSuffix}`, contractFile(key)]),
]);

const contractFiles = readdirSync(path.join(root, contractFolder)).filter((name) =>
  name.endsWith(contractSuffix),
);
const stale = contractFiles.map((name) => `${contractFolder}/${name}`).filter((name) => !wanted.has(name));
const changed = [];
for (const [name, content] of wanted) {
  const file = path.join(root, name);
  const formatted = await prettier.format(content, {
    ...(await prettier.resolveConfig(path.join(import.meta.dirname, 'platform-files.mjs'))),
    parser: 'typescript',
  });
  if (!existsSync(file) || readFileSync(file, 'utf8') !== formatted) changed.push({ name, file, formatted });
}

if (process.argv.includes('--check')) {
  for (const name of stale) process.stdout.write(`${name} belongs to no platform\n`);
  for (const { name } of changed) process.stdout.write(`${name} is missing or changed\n`);
  process.exitCode = stale.length + changed.length === 0 ? 0 : 1;
} else {
  for (const name of stale) rmSync(path.join(root, name));
  for (const { file, formatted } of changed) writeFileSync(file, formatted);
}

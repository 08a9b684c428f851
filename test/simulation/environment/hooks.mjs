// Module hooks: TypeScript is turned into JavaScript without checking types (`npm run typecheck` does), and ids come from the
// simulation instead of the uuid package, so that a seed makes the same ones each time.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const UUID = new URL('./uuid.ts', import.meta.url).href;
const ROOT = new URL('../../../', import.meta.url);
const IDS = new URL('src/common/ids/', ROOT).href;

const OPTIONS = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

export async function resolve(specifier, context, next) {
  if (specifier === 'uuid' && context.parentURL?.startsWith(IDS)) return { url: UUID, shortCircuit: true };
  if (/^[.]{1,2}[/].*[.]js$/.test(specifier) && context.parentURL?.startsWith(ROOT.href)) {
    const url = new URL(specifier.replace(/[.]js$/, '.ts'), context.parentURL);
    if (!url.pathname.includes('/node_modules/') && existsSync(fileURLToPath(url)))
      return { url: url.href, shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const file = fileURLToPath(url);
  const { code } = transformSync(readFileSync(file, 'utf8'), { ...OPTIONS, filename: file });
  return { format: 'module', source: code, shortCircuit: true };
}

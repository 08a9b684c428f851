/** Text that a lint rule refuses, in the place of an existing file (type-checked rules need one of the program). */
export interface LintPlant {
  readonly says: string;
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}

const SOURCE = 'src/common/database/embedded/port.ts';
const SPEC = 'test/walls/walls.spec.ts';
const SYNTAX = 'no-restricted-syntax';
const LONG_FUNCTION = `export function long(): number {\n  let sum = 0;\n${'  sum += 1;\n'.repeat(60)}  return sum;\n}\n`;

const refuse = (rule: string, says: string, text: string, file = SOURCE): LintPlant => ({
  rule,
  says,
  file,
  text: `${text}\n`,
});

export const REFUSED: readonly LintPlant[] = [
  refuse('@typescript-eslint/no-explicit-any', 'any', 'export const a: any = 1;'),
  refuse(
    '@typescript-eslint/no-non-null-assertion',
    'non-null',
    'export const a = (b?: string): string => b!;',
  ),
  refuse('@typescript-eslint/ban-ts-comment', 'ts-ignore', '// @ts-ignore\nexport const a = 1;'),
  refuse(SYNTAX, 'double cast', 'export const a = (b: string): number => b as unknown as number;'),
  refuse('no-console', 'console', `console.log('a');`),
  refuse(SYNTAX, 'environment', 'export const a = process.env;'),
  refuse(SYNTAX, 'environment', `export const a = process['env'];`),
  refuse(SYNTAX, 'environment', 'const { env } = process;\nexport { env };'),
  refuse(SYNTAX, 'environment', `import { env } from 'node:process';\nexport { env };`),
  refuse(SYNTAX, 'Clock', 'export const a = Date.now();'),
  refuse(SYNTAX, 'Clock', 'export const a = new Date();'),
  refuse(SYNTAX, 'Clock', 'export const a = Date();'),
  refuse(SYNTAX, 'Clock', 'export const a = performance.now();'),
  refuse(SYNTAX, 'Clock', 'export const a = process.hrtime.bigint();'),
  refuse(SYNTAX, 'Clock', 'export const a = Date.now();', 'src/common/config/index.ts'),
  refuse(SYNTAX, 'environment', 'export const a = process.env;', 'src/common/clock/index.ts'),
  refuse(SYNTAX, 'fanfare.now()', `export const a = 'select NOW ( )';`),
  refuse(SYNTAX, 'fanfare.now()', 'export const a = (b: string): string => `select ${b} where c < now()`;'),
  refuse(SYNTAX, 'fanfare.now()', `export const a = 'select clock_timestamp()';`),
  refuse(SYNTAX, 'fanfare.now()', `export const a = 'select current_timestamp';`),
  refuse(
    SYNTAX,
    'fanfare.now()',
    `import { CreateDateColumn } from 'typeorm';\nexport class A {\n  @CreateDateColumn() b: Date;\n}`,
  ),
  refuse(SYNTAX, 'empty catch', 'try {\n  JSON.parse("");\n} catch {\n  // nothing\n}'),
  refuse(SYNTAX, 'empty catch', 'await Promise.resolve().catch(() => {});'),
  refuse('@typescript-eslint/no-floating-promises', 'floating', 'Promise.resolve();'),
  refuse(
    '@typescript-eslint/switch-exhaustiveness-check',
    'exhaustive',
    `export const a = (b: 'c' | 'd'): void => {\n  switch (b) {\n    case 'c':\n      break;\n  }\n};`,
  ),
  refuse('max-lines', 'too long', `export const a = 1;\n${'//\n'.repeat(400)}`),
  refuse('max-lines-per-function', 'too long', LONG_FUNCTION),
  refuse('eqeqeq', '===', 'export const a = (b: string): boolean => b == "c";'),
  refuse(SYNTAX, 'sleep', 'setTimeout(() => undefined, 5);', SPEC),
  refuse(SYNTAX, 'sleep', 'globalThis.setInterval(() => undefined, 5);', SPEC),
  refuse(SYNTAX, 'sleep', `import { setTimeout as nap } from 'node:timers/promises';\nawait nap(5);`, SPEC),
  refuse(SYNTAX, 'environment', 'export const a = process.env;', SPEC),
];

export const ACCEPTED: readonly { readonly what: string; readonly file: string; readonly text: string }[] = [
  {
    what: 'the environment in its home',
    file: 'src/common/config/index.ts',
    text: 'export const a = process.env;\n',
  },
  { what: 'the time in its home', file: 'src/common/clock/index.ts', text: 'export const a = Date.now();\n' },
  { what: 'a given date', file: SOURCE, text: `export const a = new Date('2026-01-01T00:00:00Z');\n` },
  { what: 'the clock of the database', file: SOURCE, text: `export const a = 'select fanfare.now()';\n` },
  { what: 'now() in a migration', file: 'migrations/index.ts', text: `export const a = 'select now()';\n` },
  { what: 'a function of 60 lines in a spec', file: SPEC, text: LONG_FUNCTION },
  {
    what: 'time that passes in test/support',
    file: 'test/support/eventually.ts',
    text: 'setTimeout(() => 1, 5);\n',
  },
];

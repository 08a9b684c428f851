import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// Rules of the house, as syntax. A rule that is configured twice for a file does not add up in ESLint, so each kind of
// file gets its list whole, composed below. test/walls/lint.spec.ts plants a violation for each.
const ban = (message, ...selectors) => selectors.map((selector) => ({ selector, message }));

const CAST = ban(
  'A double cast hides a lie: parse what comes from outside.',
  "TSAsExpression[expression.type='TSAsExpression'][expression.typeAnnotation.type='TSUnknownKeyword']",
);
const EMPTY_CATCH = ban(
  'No empty catch: handle, map, or rethrow.',
  'CatchClause > BlockStatement[body.length=0]',
  "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression > BlockStatement[body.length=0]",
);
const ENVIRONMENT = ban(
  'The environment is read in src/common/config only.',
  "MemberExpression[object.name='process'][property.name='env']",
  "MemberExpression[object.name='process'][property.value='env']",
  "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
  'ImportDeclaration[source.value=/^(node:)?process$/]',
);
const CLOCK = ban(
  'Time comes from Clock (src/common/clock).',
  "MemberExpression[object.name='Date'][property.name='now']",
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.name='Date']",
  "MemberExpression[object.name='performance'][property.name='now']",
  "MemberExpression[object.name='process'][property.name='hrtime']",
);
const SQL_TIME =
  '/(?<!fanfare[.])\\bnow *[(] *[)]|\\b(clock_timestamp|statement_timestamp|transaction_timestamp|current_timestamp|localtimestamp)\\b/i';
const SQL_CLOCK = ban(
  'In SQL, time is fanfare.now(), which tests can move.',
  `Literal[value=${SQL_TIME}]`,
  `TemplateElement[value.raw=${SQL_TIME}]`,
  'Decorator[expression.callee.name=/^(Create|Update|Delete)DateColumn$/]',
);
const SLEEP = ban(
  'Tests wait for a condition (test/support/eventually.ts) or move a fake clock; they never sleep.',
  'CallExpression[callee.name=/^(setTimeout|setInterval)$/]',
  'CallExpression[callee.property.name=/^(setTimeout|setInterval)$/]',
  'ImportDeclaration[source.value=/^(node:)?timers/]',
);

const syntax = (...lists) => ({
  'no-restricted-syntax': ['error', ...CAST, ...EMPTY_CATCH, ...lists.flat()],
});

const TESTS = ['test/**/*.ts', 'src/**/*.spec.ts', 'bench/**/*.ts'];
const NODE_GLOBALS = [
  'process',
  'console',
  'URL',
  'URLSearchParams',
  'fetch',
  'AbortSignal',
  'AbortController',
  'Buffer',
]
  .concat(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'structuredClone'])
  .concat([
    'TextDecoder',
    'TextEncoder',
    'performance',
    'FormData',
    'Blob',
    'Headers',
    'Request',
    'Response',
    'WebAssembly',
  ]);
const readable = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']));

export default tseslint.config(
  { ignores: ['dist/', '**/node_modules/', '.data/', '.cache/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [js.configs.recommended],
    languageOptions: { globals: readable(NODE_GLOBALS) },
    rules: { 'no-empty': ['error', { allowEmptyCatch: false }] },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: readable(['require', 'module', '__dirname', '__filename']) },
  },
  {
    files: ['src/**/*.ts', 'migrations/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: './tsconfig.test.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...syntax(ENVIRONMENT, CLOCK, SQL_CLOCK),
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': 'allow-with-description' },
      ],
      // Its fix turns injected classes into `import type`, which erases the metadata that Nest injects by.
      '@typescript-eslint/consistent-type-imports': 'off',
      // A port answers a promise; not every implementation has to wait for something.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // A callback that hands on nothing may be written as one expression.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Platforms count code points, and that is how a string is taken apart into them.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, allowDefaultCaseForExhaustiveSwitch: true },
      ],
    },
  },
  // The homes of the environment and of the clock.
  { files: ['src/common/config/**/*.ts'], rules: syntax(CLOCK, SQL_CLOCK) },
  { files: ['src/common/clock/**/*.ts'], rules: syntax(ENVIRONMENT, SQL_CLOCK) },
  // An app of its own, with its own clock; only its entry file reads the environment.
  { files: ['src/sandbox/**/*.ts'], rules: syntax(ENVIRONMENT, SQL_CLOCK) },
  { files: ['src/sandbox/main.ts'], rules: { ...syntax(SQL_CLOCK), 'no-console': 'off' } },
  // Entry files that speak to a person at a terminal.
  { files: ['src/cli.ts'], rules: { 'no-console': 'off' } },
  // fanfare.now() itself is made here, and a migration is as long as its tables.
  {
    files: ['migrations/**/*.ts'],
    rules: { ...syntax(ENVIRONMENT, CLOCK), 'max-lines-per-function': 'off' },
  },
  {
    files: TESTS,
    rules: {
      ...syntax(ENVIRONMENT, SLEEP),
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // supertest's bodies are any; what a test expects of them is the check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
  { files: ['test/support/**/*.ts'], rules: syntax() },
  // Its workers speak over the channel of their process.
  { files: ['test/simulation/**/*.ts'], rules: syntax(SLEEP) },
  { files: ['bench/**/*.ts'], rules: { ...syntax(), 'no-console': 'off' } },
);

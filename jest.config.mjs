const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  setupFiles: ['reflect-metadata'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  resolver: '<rootDir>/test/jest/resolver.cjs',
  transform: { '\\.(ts|mts|js|mjs|cjs)$': '<rootDir>/test/jest/transform.cjs' },
  // Jest's own hooks and runners are CommonJS. Two projects load a runner at the same time, and a transform of it would make
  // Jest load what it transforms with by means of itself.
  transformIgnorePatterns: ['<rootDir>/test/jest/'],
  modulePathIgnorePatterns: [
    '<rootDir>/.cache/',
    '<rootDir>/.data/',
    '<rootDir>/test/real/servers/node_modules/',
  ],
};

// Started once per run, and only when a selected test needs it: the unit project never does.
const withPostgres = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/support/longer-timeout.ts'],
};

const project = (displayName, folder, more = {}) => ({
  ...common,
  displayName,
  testMatch: [`<rootDir>/${folder}/**/*.spec.ts`],
  ...more,
});

export default {
  maxWorkers: 2,
  // What a test file leaves behind in its worker adds up, and collecting it becomes most of the work: a worker this large starts anew.
  workerIdleMemoryLimit: '1GB',
  projects: [
    project('unit', 'src', { setupFilesAfterEnv: ['<rootDir>/test/support/longer-timeout.ts'] }),
    project('walls', 'test/walls', { setupFilesAfterEnv: ['<rootDir>/test/support/longer-timeout.ts'] }),
    project('integration', 'test/integration', withPostgres),
    project('contract', 'test/contract', withPostgres),
    project('e2e', 'test/e2e', withPostgres),
    project('simulation', 'test/simulation', {
      ...withPostgres,
      runner: '<rootDir>/test/jest/serial-runner.cjs',
    }),
    project('process', 'test/process', { ...withPostgres, runner: '<rootDir>/test/jest/serial-runner.cjs' }),
  ],
};

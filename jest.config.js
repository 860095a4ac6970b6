/** TypeScript 7 has no compiler API for ts-jest, so swc strips the types; modules stay native ES modules. */
export default {
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  // Jest's own default is the system's temporary folder.
  cacheDirectory: '<rootDir>/.data/jest',
  modulePathIgnorePatterns: ['<rootDir>/.data/'],
  testTimeout: 30_000,
  maxWorkers: 2,
};

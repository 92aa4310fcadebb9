const swc = {
  swcrc: false,
  jsc: { parser: { syntax: 'typescript' }, target: 'es2024', keepClassNames: true },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

/** Pure logic only; what needs a browser is tested in a browser. */
export default {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.svelte\\.ts$': ['<rootDir>/../.config/svelte-module.js', swc],
    '^.+\\.ts$': ['@swc/jest', swc],
  },
  testTimeout: 60_000,
  maxWorkers: 2,
};

import config from './jest.config.js';

const integration = config.projects.find(({ displayName }) => displayName === 'integration');

/** Tests that need PostgreSQL’s own tools (`pg_dump`, `pg_restore`), Redis or nginx beside the server: see test-system/. */
export default {
  ...integration,
  displayName: 'system',
  globalSetup: undefined,
  globalTeardown: undefined,
  testMatch: ['<rootDir>/test-system/**/*.test.ts'],
  testTimeout: 120_000,
  // In processes of their own, which end though a test that timed out goes on in them; they mostly wait.
  maxWorkers: 3,
};

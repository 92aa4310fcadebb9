import api from '../api/jest.config.js';
import web from '../web/jest.config.js';

// jest takes these at the top only.
const { maxWorkers: _maxWorkers, ...webProject } = web;

/** All tests but the browser's in one run, so that its last line counts them all. */
export default {
  rootDir: new URL('..', import.meta.url).pathname,
  projects: [...api.projects, { displayName: 'web', ...webProject }],
  reporters: ['default', '<rootDir>/.config/count-reporter.js'],
  testTimeout: 60_000,
  // More than cores: those that start and end whole servers mostly wait.
  maxWorkers: 3,
};

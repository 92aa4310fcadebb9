import { defineConfig } from '@playwright/test';

import config from '../playwright.config.js';

const wall = 'wall.screens.ts';

/** Not tests: each takes the pictures of one screen, in the sizes that are looked at. */
export default defineConfig({
  ...config,
  testDir: '.',
  testMatch: '*.screens.ts',
  outputDir: '../test-results/screens',
  globalSetup: './start-demo.ts',
  timeout: 60_000,
  reporter: [['list'], ['./tell-where.ts']],
  projects: [
    { name: '1440x900', use: { viewport: { width: 1440, height: 900 } } },
    { name: '390x844', use: { viewport: { width: 390, height: 844 } } },
    { name: '1920x1080', testMatch: wall, use: { viewport: { width: 1920, height: 1080 } } },
    { name: '3840x2160', testMatch: wall, use: { viewport: { width: 3840, height: 2160 } } },
  ],
});

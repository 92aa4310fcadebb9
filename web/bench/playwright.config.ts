import { defineConfig } from '@playwright/test';

import config from '../playwright.config.js';

/** Benchmarks: they print figures, and nothing in them fails for being slow. */
export default defineConfig({
  ...config,
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../test-results/bench',
  globalSetup: undefined,
  workers: 1,
  timeout: 900_000,
  reporter: [['line']],
  use: { ...config.use, screenshot: 'off', viewport: { width: 1440, height: 900 } },
});

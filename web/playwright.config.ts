import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Chromium without windows of its own starts faster, and is otherwise the same. */
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
/** A browser that is there already: a closed network cannot download one. */
const executablePath = process.env.CHROMIUM_PATH ?? BROWSERS.find((path) => existsSync(path));
/** Chromium refuses its sandbox to root; the rest keeps it from calling home. */
const args = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './tests/support/start-desks.ts',
  workers: 2,
  timeout: 60_000,
  // After a lost network the next try comes within 10 s, and a busy machine takes as long for what follows.
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? [['line']] : [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    launchOptions: { executablePath, args },
    screenshot: 'only-on-failure',
  },
});

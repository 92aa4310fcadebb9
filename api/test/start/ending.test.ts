import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { eventually } from '../support/eventually.js';
import { cleanUp, StartedApp, type Target } from './started-app.js';
import { missing, Writer } from './writer.js';

/**
 * Who gets which signal, and the exit code that npm then has: null when it was, or makes as if it was, killed. With the
 * terminal the api gets each signal too; how the server ends by the others: see database/embedded-postgres.test.ts.
 */
const endings: readonly [Target, NodeJS.Signals, number | null][] = [
  ['terminal', 'SIGINT', 0],
  ['terminal', 'SIGTERM', 0],
  ['terminal', 'SIGKILL', null],
  ['npm', 'SIGINT', 0],
  ['npm', 'SIGTERM', 0],
  ['npm', 'SIGKILL', null],
  ['api', 'SIGTERM', 0],
  ['api', 'SIGKILL', null],
  ['postmaster', 'SIGKILL', 1],
];

/** As long as Compose waits for a container. */
const ENDS_WITHIN_MS = 15_000;

describe('npm start, ended in the middle of writes', () => {
  /** Of all starts on this data folder. */
  const acknowledged: number[] = [];
  let dataDir: string;
  let app: StartedApp;

  beforeAll(async () => {
    dataDir = await realpath(await mkdtemp(join(tmpdir(), 'signalbox-start-')));
  });

  afterAll(() => cleanUp(dataDir));

  const nothingRuns = () => eventually(async () => expect(await app.processes()).toEqual([]), ENDS_WITHIN_MS);

  /** Starts it and sees that it has all that any start before has acknowledged. */
  async function start(): Promise<void> {
    app = new StartedApp(dataDir);
    expect(await missing(await app.url, acknowledged)).toEqual([]);
  }

  /** Writes to it from now on. */
  async function write(): Promise<Writer> {
    const writer = new Writer(await app.url);
    await eventually(() => expect(writer.acknowledged.length).toBeGreaterThan(5));
    return writer;
  }

  it.each(endings)(
    '%s gets %s: nothing runs on, nothing acknowledged is lost',
    async (target, signal, code) => {
      await start();
      const writer = await write();
      await app.signal(target, signal);
      acknowledged.push(...(await writer.untilGone()));
      await nothingRuns();
      expect(await app.exitCode).toBe(code);
      const reasons = app.output.match(/^The embedded PostgreSQL has ended: .+$/gm) ?? [];
      expect(reasons).toHaveLength(target === 'postmaster' ? 1 : 0);
    },
  );

  it('takes a second Ctrl-C as the first', async () => {
    await start();
    await app.signal('terminal', 'SIGINT');
    await app.signal('terminal', 'SIGINT');
    await nothingRuns();
    expect(await app.exitCode).toBe(0);
  });

  it('starts at once after npm, the api or all of it was killed', async () => {
    await start();
    for (const target of ['npm', 'api', 'terminal'] as const) {
      const writer = await write();
      await app.signal(target, 'SIGKILL');
      app = new StartedApp(dataDir);
      acknowledged.push(...(await writer.untilGone()));
      expect(await missing(await app.url, acknowledged)).toEqual([]);
    }
    await app.signal('terminal', 'SIGKILL');
    await nothingRuns();
  }, 120_000);
});

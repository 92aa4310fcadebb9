import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { eventually } from '../support/eventually.js';
import { StartedApp } from './started-app.js';
import { Writer } from './writer.js';

describe('npm start', () => {
  const started: StartedApp[] = [];
  let dataDir: string;

  const start = () => {
    const app = new StartedApp(dataDir);
    started.push(app);
    return app;
  };

  beforeEach(async () => {
    dataDir = await realpath(await mkdtemp(join(tmpdir(), 'signalbox-start-')));
  });

  afterEach(async () => {
    await Promise.all(started.map((app) => app.signal('terminal', 'SIGKILL').catch(() => undefined)));
    await eventually(async () => expect(await started[0]?.processes()).toEqual([]));
    started.length = 0;
    await rm(dataDir, { recursive: true, force: true });
  });

  it('leaves a folder that another app uses to that app', async () => {
    const first = start();
    const url = await first.url;
    const second = start();
    expect(await second.exitCode).toBe(1);
    expect(second.output).toContain(`Another Signalbox is using the data in ${dataDir}`);
    const writer = new Writer(url);
    await eventually(() => expect(writer.acknowledged.length).toBeGreaterThan(5));
  });

  it('starts after the very first start was killed while it made the database', async () => {
    const first = start();
    const unfinished = async () =>
      (await readdir(join(dataDir, 'postgres'))).filter((name) => name !== 'cluster');
    await eventually(async () => expect(await unfinished()).not.toEqual([]), 60_000, 1);
    await first.signal('terminal', 'SIGKILL');
    await start().url;
    expect((await unfinished()).filter((name) => name !== 'run')).toEqual([]);
  });
});

import { mkdtemp, readdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { eventually } from '../support/eventually.js';
import { cleanUp, StartedApp } from './started-app.js';
import { Writer } from './writer.js';

describe('npm start', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await realpath(await mkdtemp(join(tmpdir(), 'signalbox-start-')));
  });

  afterEach(() => cleanUp(dataDir));

  it('leaves a folder that another app uses to that app', async () => {
    const first = new StartedApp(dataDir);
    const url = await first.url;
    const second = new StartedApp(dataDir);
    expect(await second.exitCode).toBe(1);
    expect(second.output).toContain(`Another Signalbox is using the data in ${dataDir}`);
    const writer = new Writer(url);
    await eventually(() => expect(writer.acknowledged.length).toBeGreaterThan(5));
  });

  it('starts after the very first start was killed while it made the database', async () => {
    const first = new StartedApp(dataDir);
    const unfinished = async () =>
      (await readdir(join(dataDir, 'postgres'))).filter((name) => name.startsWith('unfinished-'));
    await eventually(async () => expect(await unfinished()).not.toEqual([]), 60_000, 1);
    await first.signal('terminal', 'SIGKILL');
    await new StartedApp(dataDir).url;
    expect(await unfinished()).toEqual([]);
  });
});

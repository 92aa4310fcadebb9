import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { lockFolder } from '../database/embedded/owner-lock.js';
import { makeThrowAwayFolder, removeFolder, removeStaleFolders } from './throw-away-folder.js';

describe('throw-away folders', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'throw-away-'));
  });

  afterEach(() => rm(parent, { recursive: true }));

  it('are removed with all that is in them', async () => {
    const folder = await makeThrowAwayFolder(parent);
    await mkdir(join(folder, 'postgres'));
    await writeFile(join(folder, 'postgres', 'data'), 'x');
    await removeFolder(folder);
    expect(await readdir(parent)).toEqual([]);
  });

  it('are removed later when a demo was killed, but not those of others, in use or young', async () => {
    const [left, used] = [await makeThrowAwayFolder(parent), await makeThrowAwayFolder(parent)];
    await mkdir(join(parent, 'something-else'));
    const lock = await lockFolder(used);
    await removeStaleFolders(parent);
    expect(await readdir(parent)).toHaveLength(3);
    // However coarse the clock of the file system is.
    await removeStaleFolders(parent, -1_000);
    lock.release();
    expect(await readdir(parent)).not.toContain(basename(left));
    expect((await readdir(parent)).sort()).toEqual([basename(used), 'something-else'].sort());
  });
});

import { chmod, lstat, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { endLeftovers } from '../database/embedded/leftovers.js';
import { lockFolder } from '../database/embedded/owner-lock.js';
import { clusterName } from '../database/embedded/processes.js';

const PREFIX = 'signalbox-demo-';
/** A younger one may be just about to be used. */
const STALE_MS = 60_000;

/** A new empty folder for a demo's data. */
export async function makeThrowAwayFolder(parent = tmpdir()): Promise<string> {
  const folder = await mkdtemp(join(await realpath(parent), PREFIX));
  // The database's user, which root starts it as, passes through on the way to its own.
  if (process.getuid?.() === 0) await chmod(folder, 0o711);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Removes what demos that were killed have left: folders of ours that no process uses. What cannot be removed stays. */
export async function removeStaleFolders(parent = tmpdir(), staleMs = STALE_MS): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names) {
    if (name.startsWith(PREFIX)) await removeIfStale(join(parent, name), staleMs).catch(() => undefined);
  }
}

async function removeIfStale(path: string, staleMs: number): Promise<void> {
  const found = await lstat(path);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) return;
  if (Date.now() - found.mtimeMs < staleMs) return;
  // As the server was named after it.
  const folder = await realpath(path);
  const lock = await lockFolder(folder);
  try {
    await endLeftovers(join(folder, 'postgres', 'cluster'), clusterName(folder));
    await removeFolder(folder);
  } finally {
    lock.release();
  }
}

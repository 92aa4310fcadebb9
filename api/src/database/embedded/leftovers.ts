import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { readPostmasterFile } from './postmaster-file.js';
import { processesOf, runningProcesses, signalAll } from './processes.js';

const POLL_MS = 50;

/**
 * Ends what is left of a server whose owner is gone: a postmaster that its watchdog may be stopping already, or
 * children that outlived their postmaster. Afterwards nothing of it runs and its pid file is gone: the pid in it
 * may by now be somebody else's (after a container's restart, typically), and PostgreSQL would then not start.
 * The caller owns the data folder.
 * @throws EmbeddedPostgresError when a process survives even SIGKILL
 */
export async function endLeftovers(folder: string, cluster: string): Promise<void> {
  const postmaster = (await readPostmasterFile(folder))?.pid;
  const running = await processesOf(cluster);
  const polite = running.filter((pid) => pid === postmaster);
  signalAll(polite, 'SIGINT');
  if (polite.length > 0 && (await allEnd(cluster, 10_000))) return forget(folder);
  for (const signal of ['SIGQUIT', 'SIGKILL'] as const) {
    signalAll(await processesOf(cluster), signal);
    if (await allEnd(cluster, 5_000)) return forget(folder);
  }
  const pids = (await processesOf(cluster)).join(', ');
  throw new EmbeddedPostgresError(`A former PostgreSQL on ${folder} cannot be stopped (process ${pids}).`);
}

async function allEnd(cluster: string, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await delay(POLL_MS)) {
    if ((await processesOf(cluster)).length === 0) return true;
  }
  return false;
}

/** Not when a server that we did not start may have the folder: PostgreSQL itself then refuses to start. */
async function forget(folder: string): Promise<void> {
  const pid = (await readPostmasterFile(folder))?.pid;
  const holder = (await runningProcesses()).find((running) => running.pid === pid);
  if (!holder?.command.includes('postgres')) await rm(join(folder, 'postmaster.pid'), { force: true });
}

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import type { DatabaseConnection } from '../../src/database/connection.js';
import { ApiProcess } from '../server/api-process.js';
import { SocketFleet } from './socket-fleet.js';

const WARM_UP_SOCKETS = 100;
const COLLECTIONS = 3;
const SETTLE_MS = 500;

/** KB that each of so many sockets takes. */
export interface MemoryFigures {
  readonly sockets: number;
  readonly kb: number;
}

/** Resident memory of the api for each socket that is open and idle, in KB. */
export async function measureMemory(
  connection: DatabaseConnection,
  port: number,
  sockets: number,
): Promise<number> {
  const api = await ApiProcess.start(connection, {
    port,
    nodeOptions: ['--expose-gc'],
    preload: [new URL('./collect-garbage.js', import.meta.url)],
  });
  const fleet = new SocketFleet();
  try {
    // What the first sockets load and compile belongs to none of them.
    await fleet.open({ port, sockets: WARM_UP_SOCKETS, feed: true });
    const before = await residentKb(api);
    await fleet.open({ port, sockets, feed: true });
    return ((await residentKb(api)) - before) / sockets;
  } finally {
    await fleet.stop();
    await api.stop();
  }
}

async function residentKb(api: ApiProcess): Promise<number> {
  for (let collection = 0; collection < COLLECTIONS; collection += 1) {
    await delay(SETTLE_MS);
    api.child.send('collect');
    await once(api.child, 'message');
  }
  const status = await readFile(`/proc/${api.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]);
}

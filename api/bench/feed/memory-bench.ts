import { once } from 'node:events';
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

/**
 * Memory of the api for each socket that is open and idle, in KB: what its heap and the buffers beside it hold after
 * a collection. Not what is resident, which at a thousand sockets is anything from 10 to 70 KB each: the heap takes
 * tens of MB in advance, and gives them back, as it likes. Over thousands it is some 4 KB more than this.
 */
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
    const before = await heldKb(api);
    await fleet.open({ port, sockets, feed: true });
    return ((await heldKb(api)) - before) / sockets;
  } finally {
    await fleet.stop();
    await api.stop();
  }
}

async function heldKb(api: ApiProcess): Promise<number> {
  let held = 0;
  for (let collection = 0; collection < COLLECTIONS; collection += 1) {
    await delay(SETTLE_MS);
    api.child.send('collect');
    const [memory] = (await once(api.child, 'message')) as [NodeJS.MemoryUsage];
    held = (memory.heapUsed + memory.external) / 1_024;
  }
  return held;
}

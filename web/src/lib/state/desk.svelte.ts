import { createContext } from 'svelte';

import { SyncClient } from '../sync/sync-client.js';
import { Connection } from './connection.svelte.js';
import { Live } from './live.svelte.js';
import { Queue } from './queue.svelte.js';

/** The live desk as components use it: one sync client, and its values as runes. */
export class Desk {
  readonly client: SyncClient;
  readonly connection: Connection;
  readonly queue: Queue;
  /** The query of the queue looked at last, so that the way back leads to it. */
  queueQuery = $state<'' | `?${string}`>('');
  readonly #stats;

  /** To be made while the outermost component is set up. */
  constructor(client: SyncClient) {
    this.client = client;
    const status = new Live(client.status);
    this.connection = new Connection(() => status.current);
    this.queue = new Queue(client);
    this.#stats = new Live(client.stats);
  }

  /** Undefined before the first figures. They are current only while `connection.isLive`. */
  get stats() {
    return this.#stats.current;
  }
}

export const [getDesk, setDesk] = createContext<Desk>();

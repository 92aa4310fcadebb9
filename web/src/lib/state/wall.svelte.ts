import type { SyncClient } from '../sync/sync-client.js';
import { Connection } from './connection.svelte.js';
import { Live } from './live.svelte.js';

/** What a board on the wall shows, as runes. */
export class Wall {
  readonly connection: Connection;
  readonly #stats;

  /** To be made while a component is set up. @param client follows the channel `wall` */
  constructor(client: SyncClient) {
    const status = new Live(client.status);
    this.connection = new Connection(() => status.current);
    this.#stats = new Live(client.stats);
  }

  /** Undefined before the first figures. They are current only while `connection.isLive`. */
  get stats() {
    return this.#stats.current;
  }
}

import { createContext } from 'svelte';

import type { Conflict } from '../sync/conflicts.js';
import type { AssigneesState } from '../sync/live-assignees.js';
import type { Presence } from '../sync/presence-map.js';
import { SyncClient } from '../sync/sync-client.js';
import type { Unsent } from '../sync/unsent.js';
import { Connection } from './connection.svelte.js';
import { Live } from './live.svelte.js';
import { Names } from './names.svelte.js';
import { QueueList } from './queue-list.svelte.js';
import { Touches } from './touches.js';
import { Whereabouts } from './whereabouts.svelte.js';

/** The live desk as components use it: one sync client, and its values as runes. */
export class Desk {
  readonly client: SyncClient;
  readonly connection: Connection;
  readonly queue: QueueList;
  readonly whereabouts: Whereabouts;
  readonly names: Names;
  readonly touches: Touches;
  /** The query of the queue looked at last, so that the way back leads to it. */
  queueQuery = $state<'' | `?${string}`>('');
  readonly #stats;
  readonly #presence;
  readonly #conflicts;
  readonly #unsent;
  #assignees: Live<AssigneesState> | undefined;

  /** To be made while the outermost component is set up. */
  constructor(client: SyncClient) {
    this.client = client;
    const status = new Live(client.status);
    this.connection = new Connection(() => status.current);
    this.queue = new QueueList(client);
    this.#stats = new Live(client.stats);
    this.#presence = new Live(client.presence);
    this.#conflicts = new Live(client.conflicts);
    this.#unsent = new Live(client.unsent);
    this.whereabouts = new Whereabouts(client);
    this.names = new Names(client, () => this.assignees);
    this.touches = new Touches(client);
    $effect(() => {
      const tell = () => client.hide(document.visibilityState === 'hidden');
      tell();
      document.addEventListener('visibilitychange', tell);
      return () => document.removeEventListener('visibilitychange', tell);
    });
  }

  /** Undefined before the first figures. They are current only while `connection.isLive`. */
  get stats() {
    return this.#stats.current;
  }

  /** By ticket, who else is at it. */
  get presence(): Presence {
    return this.#presence.current;
  }

  /** One's own changes that collided with others', to be decided by `client.resolve`. */
  get conflicts(): readonly Conflict[] {
    return this.#conflicts.current;
  }

  /** What one did and the server has not answered yet. */
  get unsent(): readonly Unsent[] {
    return this.#unsent.current;
  }

  /** Who can be given a ticket; read when it is first asked for, current from then on. */
  get assignees(): AssigneesState {
    this.#assignees ??= new Live(this.client.assignees().state);
    return this.#assignees.current;
  }
}

export const [getDesk, setDesk] = createContext<Desk>();

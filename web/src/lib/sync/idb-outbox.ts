import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import { newOpId } from './op-id.js';
import type { OutboxEntry, OutboxStorage } from './outbox.js';

interface Stored {
  readonly opId: string;
  readonly person: string;
  /** The tab that sends it. */
  readonly tab: string;
  readonly entry: OutboxEntry;
}

interface Schema extends DBSchema {
  entries: { key: string; value: Stored; indexes: { person: string } };
}

const lockOf = (tab: string): string => `signalbox.tab.${tab}`;

/**
 * The outbox in IndexedDB. A tab holds a Web Lock for as long as it lives: whose lock can be had is no more,
 * and its entries are taken over under that lock, so that one tab takes them. Without Web Locks (a page
 * without TLS) a tab takes over all there is, once, when it begins; what two tabs then both send is
 * harmless, since it has the same `op_id`.
 */
export class IndexedDbOutbox implements OutboxStorage {
  readonly #tab = newOpId();
  readonly #locks = globalThis.navigator?.locks;
  readonly #database: Promise<IDBPDatabase<Schema>>;
  readonly #release = Promise.withResolvers<void>();
  readonly #held: Promise<void>;
  #hasAdopted = false;

  /** @param name of the database */
  constructor(name = 'signalbox') {
    this.#database = openDB<Schema>(name, 1, {
      upgrade(database) {
        database.createObjectStore('entries', { keyPath: 'opId' }).createIndex('person', 'person');
      },
      // A newer release of the page wants another version: this one goes on without.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    // Whoever awaits it gets the failure; nobody may.
    this.#database.catch(() => undefined);
    this.#held = this.#hold();
  }

  async put(entry: OutboxEntry): Promise<void> {
    // A page's reactive objects cannot be cloned; what goes over the wire can be written as JSON.
    const plain = JSON.parse(JSON.stringify(entry)) as OutboxEntry;
    const [database] = await Promise.all([this.#database, this.#held]);
    await database.put('entries', {
      opId: plain.opId,
      person: plain.person,
      tab: this.#tab,
      entry: plain,
    });
  }

  async remove(opId: string): Promise<void> {
    await (await this.#database).delete('entries', opId);
  }

  async adopt(person: string): Promise<readonly OutboxEntry[]> {
    const [database] = await Promise.all([this.#database, this.#held]);
    const stored = await database.getAllFromIndex('entries', 'person', person);
    const tabs = new Set(stored.map(({ tab }) => tab));
    tabs.delete(this.#tab);
    const adopted: OutboxEntry[] = [];
    const first = !this.#hasAdopted;
    this.#hasAdopted = true;
    if (!this.#locks && !first) return [];
    for (const tab of tabs) adopted.push(...(await this.#adoptFrom(database, tab, person)));
    return adopted;
  }

  close(): void {
    this.#release.resolve();
    void this.#database.then((database) => database.close()).catch(() => undefined);
  }

  #hold(): Promise<void> {
    const held = Promise.withResolvers<void>();
    if (!this.#locks) return Promise.resolve();
    const hold = () => {
      held.resolve();
      return this.#release.promise;
    };
    this.#locks.request(lockOf(this.#tab), hold).catch(() => held.resolve());
    return held.promise;
  }

  async #adoptFrom(
    database: IDBPDatabase<Schema>,
    tab: string,
    person: string,
  ): Promise<readonly OutboxEntry[]> {
    if (!this.#locks) return this.#takeOver(database, tab, person);
    return this.#locks.request(lockOf(tab), { ifAvailable: true }, (lock) =>
      lock ? this.#takeOver(database, tab, person) : [],
    );
  }

  async #takeOver(database: IDBPDatabase<Schema>, tab: string, person: string): Promise<OutboxEntry[]> {
    const taken: OutboxEntry[] = [];
    const transaction = database.transaction('entries', 'readwrite');
    for await (const cursor of transaction.store.index('person').iterate(person)) {
      if (cursor.value.tab !== tab) continue;
      await cursor.update({ ...cursor.value, tab: this.#tab });
      taken.push(cursor.value.entry);
    }
    await transaction.done;
    return taken;
  }
}

import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from '@jest/globals';

import { IndexedDbOutbox } from './idb-outbox.js';
import type { OutboxEntry } from './outbox.js';

const own = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
afterEach(() => {
  if (own) Object.defineProperty(globalThis, 'navigator', own);
});

/** Locks as the browser has them, as far as the outbox uses them: all tabs of a test share one. */
class Locks {
  readonly #held = new Set<string>();

  async request(
    name: string,
    options: { ifAvailable?: boolean } | ((lock: object | null) => unknown),
    run = options as (lock: object | null) => unknown,
  ): Promise<unknown> {
    await Promise.resolve();
    if (this.#held.has(name)) return run(null);
    this.#held.add(name);
    try {
      return await run({ name });
    } finally {
      this.#held.delete(name);
    }
  }
}

function browser(locks: Locks | undefined): () => IndexedDbOutbox {
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { locks } });
  const name = crypto.randomUUID();
  return () => new IndexedDbOutbox(name);
}

const entryOf = (opId: string, person = 'p1'): OutboxEntry => ({
  opId,
  act: opId,
  person,
  ticketId: 1,
  at: 1,
  order: 1,
  write: { kind: 'comment', body: opId, internal: false },
});
const opsOf = (entries: readonly OutboxEntry[]) => entries.map(({ opId }) => opId).sort();
/** A lock is let go in a later turn than the tab. */
const aTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('[O4] the outbox in IndexedDB', () => {
  it('gives what a tab has left to one of the next', async () => {
    const open = browser(new Locks());
    const first = open();
    await first.put(entryOf('a'));
    await first.put({ ...entryOf('b'), order: 2 });
    await first.put({ ...entryOf('a'), order: 3 });
    await first.remove('b');
    first.close();
    await aTurn();
    const [second, third] = [open(), open()];
    const adopted = await Promise.all([second.adopt('p1'), third.adopt('p1')]);
    expect(adopted.flat()).toEqual([{ ...entryOf('a'), order: 3 }]);
    expect(await second.adopt('p1')).toEqual([]);
  });

  it('leaves to a living tab what is its own', async () => {
    const open = browser(new Locks());
    const first = open();
    await first.put(entryOf('a'));
    const second = open();
    expect(await second.adopt('p1')).toEqual([]);
    first.close();
    await aTurn();
    expect(opsOf(await second.adopt('p1'))).toEqual(['a']);
  });

  it("gives nobody another person's", async () => {
    const open = browser(new Locks());
    const first = open();
    await first.put(entryOf('a'));
    await first.put(entryOf('b', 'p2'));
    first.close();
    await aTurn();
    expect(opsOf(await open().adopt('p2'))).toEqual(['b']);
    expect(opsOf(await open().adopt('p1'))).toEqual(['a']);
  });

  it('without locks gives all there is to a tab that begins, once', async () => {
    const open = browser(undefined);
    const first = open();
    await first.put(entryOf('a'));
    const second = open();
    expect(opsOf(await second.adopt('p1'))).toEqual(['a']);
    await first.put(entryOf('b'));
    expect(await second.adopt('p1')).toEqual([]);
  });

  it("stores a page's reactive objects as plain ones", async () => {
    const open = browser(new Locks());
    const first = open();
    const changes = new Proxy({ title: 'T' }, {});
    await first.put({ ...entryOf('a'), write: { kind: 'patch', changes } });
    first.close();
    await aTurn();
    const [entry] = await open().adopt('p1');
    expect(entry?.write).toEqual({ kind: 'patch', changes: { title: 'T' } });
  });
});

import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { EventRing } from './event-ring.js';
import type { LoggedEvent } from './logged-event.js';

const logged = (id: number) => ({ event: { id }, mark: `m${id}` }) as LoggedEvent;
const ids = (events: LoggedEvent[]) => events.map(({ event }) => event.id);

async function collectGarbage(): Promise<void> {
  // A WeakRef keeps what it was made for until the turn is over.
  await nextTurn();
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe('EventRing', () => {
  it('holds nothing of what came before its start', () => {
    const ring = new EventRing(10);
    ring.reset(7);
    expect(ring.covers(7)).toBe(true);
    expect(ring.covers(6)).toBe(false);
    expect(ring.slice(7, 100, 10)).toEqual([]);
  });

  it('begins with what it is given, as far as its capacity goes', () => {
    const ring = new EventRing(3);
    ring.reset(7, [8, 11, 12].map(logged));
    expect(ring.covers(7)).toBe(true);
    expect(ids(ring.slice(7, 100, 10))).toEqual([8, 11, 12]);
    ring.reset(7, [8, 11, 12, 13].map(logged));
    expect(ring.covers(7)).toBe(false);
    expect(ring.covers(8)).toBe(true);
    expect(ids(ring.slice(8, 100, 10))).toEqual([11, 12, 13]);
  });

  it('lets go of each event that no longer counts', async () => {
    const ring = new EventRing(3);
    ring.reset(0);
    const pushed = [1, 2, 3, 4, 5].map((id) => {
      const event = logged(id);
      ring.push([event]);
      return new WeakRef(event);
    });
    await collectGarbage();
    expect(pushed.map((event) => event.deref()?.event.id)).toEqual([undefined, undefined, 3, 4, 5]);
    expect(ids(ring.slice(2, 5, 10))).toEqual([3, 4, 5]);
  });

  it('serves what the whole log would, wherever it says that it covers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 30 }), {
          maxLength: 20,
        }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (capacity, pages, after, upTo, limit) => {
          const ring = new EventRing(capacity);
          ring.reset(0);
          const log: number[] = [];
          for (const gaps of pages) {
            const page = gaps.map((gap) => {
              log.push((log.at(-1) ?? 0) + gap);
              return logged(log.at(-1)!);
            });
            ring.push(page);
          }
          // Everything of the last `capacity` events is there.
          expect(ring.covers(log.at(-capacity - 1) ?? 0)).toBe(true);
          for (const id of log.slice(-capacity)) expect(ring.at(id)?.mark).toBe(`m${id}`);
          expect(ring.at((log.at(-1) ?? 0) + 1)).toBeUndefined();
          if (!ring.covers(after)) return;
          const expected = log.filter((id) => id > after && id <= upTo).slice(0, limit);
          expect(ids(ring.slice(after, upTo, limit))).toEqual(expected);
        },
      ),
    );
  });
});

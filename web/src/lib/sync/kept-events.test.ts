import { describe, expect, it } from '@jest/globals';

import { entryOf } from './entry.js';
import { KeptEvents } from './kept-events.js';
import { created, deleted, rowOf, ticketOf, updated } from './testing/tickets.js';

const ids = (kept: KeptEvents) => kept.after(0).map(({ id }) => id);

describe('kept events', () => {
  it('[K1] keeps nothing while nobody reads', () => {
    const kept = new KeptEvents();
    kept.append([updated(11, rowOf(1))]);
    expect(ids(kept)).toEqual([]);
    expect(kept.floor).toBe(Number.POSITIVE_INFINITY);
  });

  it('[K1] keeps back to where the oldest read under way began', () => {
    const kept = new KeptEvents();
    const old = kept.begin(0, 10);
    kept.append([updated(11, rowOf(1))]);
    const young = kept.begin(0, 11);
    kept.append([updated(12, rowOf(1))]);
    expect(kept.floor).toBe(10);
    kept.end(old);
    expect(kept.floor).toBe(11);
    expect(ids(kept)).toEqual([12]);
    kept.end(young);
    expect(ids(kept)).toEqual([]);
  });

  it('[K1] of a read that began adrift, keeps from the mooring on', () => {
    const kept = new KeptEvents();
    kept.begin(0, undefined);
    kept.restart(20);
    kept.append([updated(21, rowOf(1))]);
    expect(kept.floor).toBe(20);
    expect(ids(kept)).toEqual([21]);
  });

  it('[K5] forgets what led up to another position', () => {
    const kept = new KeptEvents();
    kept.begin(0, 10);
    kept.append([updated(11, rowOf(1))]);
    kept.restart(50);
    expect(ids(kept)).toEqual([]);
    expect(kept.floor).toBe(50);
  });

  it('[K2] brings rows up to date with what came after them', () => {
    const kept = new KeptEvents();
    kept.begin(0, 10);
    kept.append([
      updated(11, rowOf(1, { version: 2, status: 'closed' })),
      updated(12, rowOf(1, { version: 3, status: 'resolved' })),
      deleted(13, 2, 2),
      created(14, rowOf(9)),
    ]);
    const read = [1, 2, 3].map((id) => entryOf(ticketOf(id)));
    const current = kept.catchUp(read, 11);
    expect([...current.keys()]).toEqual([1, 3]);
    expect(current.get(1)?.row).toMatchObject({ version: 3, status: 'resolved' });
    expect(current.get(3)).toBe(read[2]);
  });

  it('[K8] keeps 20,000 at most, and knows from where', () => {
    const kept = new KeptEvents();
    kept.begin(0, 0);
    for (let start = 0; start < 21_000; start += 1_000) {
      kept.append(Array.from({ length: 1_000 }, (_, index) => updated(start + index + 1, rowOf(1))));
    }
    expect(ids(kept)).toHaveLength(20_000);
    expect(kept.floor).toBe(1_000);
  });
});

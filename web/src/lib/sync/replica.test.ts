import { beforeEach, describe, expect, it } from '@jest/globals';

import { entryOf } from './entry.js';
import { Replica } from './replica.js';
import {
  created,
  cursorAt,
  deleted,
  envelopeOf,
  OTHER_EPOCH,
  rowOf,
  ticketOf,
  updated,
} from './testing/tickets.js';

let replica: Replica;

beforeEach(() => {
  replica = new Replica();
  replica.moor(cursorAt(10), [entryOf(ticketOf(1, { version: 3 }))]);
});

describe("the client's rule", () => {
  it('[C1] applies an envelope that follows, and moves to its end', () => {
    const envelope = envelopeOf(10, [created(12, rowOf(2))], { to: 15 });
    expect(replica.judge(envelope)).toBe('apply');
    expect(replica.apply(envelope)).toEqual(new Set([2]));
    expect(replica.cursor).toEqual(cursorAt(15));
    expect(replica.get(2)?.row).toEqual(rowOf(2));
  });

  it('[C1] moves on over an envelope without events', () => {
    expect(replica.apply(envelopeOf(10, [], { to: 11 }))).toEqual(new Set());
    expect(replica.cursor?.id).toBe(11);
  });

  it.each([9, 10])('[C2] drops an envelope that ends at %i', (to) => {
    expect(replica.judge(envelopeOf(5, [], { to }))).toBe('drop');
  });

  it.each([
    ['begins above the position', envelopeOf(11, [], { to: 12 })],
    ['begins below it and ends above', envelopeOf(9, [], { to: 12 })],
    ['is of another epoch', envelopeOf(10, [], { to: 12, epoch: OTHER_EPOCH })],
    ['is of another epoch and ends below', envelopeOf(5, [], { to: 9, epoch: OTHER_EPOCH })],
  ])('[C3] asks again when an envelope %s', (_what, envelope) => {
    expect(replica.judge(envelope)).toBe('gap');
  });

  it('[C3] judges nothing without a position', () => {
    replica.castOff();
    expect(replica.judge(envelopeOf(10, [], { to: 12 }))).toBe('gap');
  });
});

describe('rows', () => {
  it('[R1] takes an update above its version', () => {
    replica.apply(envelopeOf(10, [updated(11, rowOf(1, { version: 4, status: 'closed' }))]));
    expect(replica.get(1)?.row).toMatchObject({ version: 4, status: 'closed' });
  });

  it.each([2, 3])('[R1] skips an update at version %i of a row at 3', (version) => {
    const before = replica.get(1);
    const ids = replica.apply(envelopeOf(10, [updated(11, rowOf(1, { version, status: 'closed' }))]));
    expect(ids).toEqual(new Set());
    expect(replica.get(1)).toBe(before);
  });

  it('[R1] skips the creation of a ticket that a read brought ahead', () => {
    replica.merge([entryOf(ticketOf(2, { version: 2 }))]);
    replica.apply(envelopeOf(10, [created(11, rowOf(2))]));
    expect(replica.get(2)?.row.version).toBe(2);
  });

  it.each([1, 4, 9])('[R2] applies a delete, here of version %i', (version) => {
    expect(replica.apply(envelopeOf(10, [deleted(11, 1, version)]))).toEqual(new Set([1]));
    expect(replica.get(1)).toBeUndefined();
  });

  it('[R2] takes a ticket that plain SQL makes again with an old id', () => {
    replica.apply(envelopeOf(10, [deleted(11, 1, 4), created(12, rowOf(1))]));
    expect(replica.get(1)?.row.version).toBe(1);
  });

  it.each(['comment.created', 'person.updated'] as const)('[R3] changes no row by %s', (type) => {
    const before = replica.get(1);
    const event = { ...updated(11, rowOf(1, { version: 9 })), type };
    expect(replica.apply(envelopeOf(10, [event]))).toEqual(new Set());
    expect(replica.get(1)).toBe(before);
    expect(replica.cursor?.id).toBe(11);
  });

  it('[R4] keeps the description across the next version', () => {
    replica.apply(envelopeOf(10, [updated(11, rowOf(1, { version: 4 }))]));
    expect(replica.get(1)?.description).toBe('Description of 1');
  });

  it('[R4] no longer knows it when the event names it, or when versions are missing between', () => {
    replica.merge([entryOf(ticketOf(2))]);
    replica.apply(
      envelopeOf(10, [
        updated(11, rowOf(1, { version: 4 }), ['description']),
        updated(12, rowOf(2, { version: 3 })),
      ]),
    );
    expect(replica.get(1)?.description).toBeUndefined();
    expect(replica.get(2)?.description).toBeUndefined();
  });

  it('[R5] merges what is newer, and only that', () => {
    const before = replica.get(1);
    expect(replica.merge([entryOf(ticketOf(1, { version: 2 }))])).toEqual(new Set());
    expect(replica.get(1)).toBe(before);
    expect(replica.merge([entryOf(ticketOf(1, { version: 5 }))])).toEqual(new Set([1]));
    expect(replica.get(1)?.row.version).toBe(5);
  });

  it('[R5] learns the description of the version it has', () => {
    replica.apply(envelopeOf(10, [updated(11, rowOf(1, { version: 4 }), ['description'])]));
    const { row } = replica.get(1)!;
    replica.merge([entryOf(ticketOf(1, { version: 4, title: 'not taken', description: 'new' }))]);
    expect(replica.get(1)).toEqual({ row, description: 'new' });
  });

  it('[R6] forgets what the mooring does not have, and tells all', () => {
    const ids = replica.moor(cursorAt(20, OTHER_EPOCH), [entryOf(ticketOf(2))]);
    expect(ids).toEqual(new Set([1, 2]));
    expect([...replica.ids()]).toEqual([2]);
    expect(replica.cursor).toEqual(cursorAt(20, OTHER_EPOCH));
  });

  it('[R6] keeps the tickets to be looked at while it is adrift', () => {
    const { generation } = replica;
    replica.castOff();
    expect(replica.cursor).toBeUndefined();
    expect(replica.epoch).toBe(cursorAt(10).epoch);
    expect(replica.get(1)).toBeDefined();
    expect(replica.generation).toBe(generation + 1);
  });

  it('[R7] forgets those unchanged for longest, and none in use', () => {
    replica.merge([2, 3, 4, 5].map((id) => entryOf(ticketOf(id))));
    replica.apply(envelopeOf(10, [updated(11, rowOf(2, { version: 2 }))]));
    replica.trim(3, (id) => id === 1);
    expect([...replica.ids()].sort()).toEqual([1, 2, 5]);
  });

  it('[R7] forgets nothing in use, however many', () => {
    replica.trim(0, () => true);
    expect(replica.size).toBe(1);
  });

  it('[R8] never changes an entry in place', () => {
    const before = replica.get(1)!;
    const copy = structuredClone(before);
    replica.apply(envelopeOf(10, [updated(11, rowOf(1, { version: 4, status: 'closed' }))]));
    expect({ ...before.row }).toEqual({ ...copy.row });
    expect(replica.get(1)).not.toBe(before);
  });
});

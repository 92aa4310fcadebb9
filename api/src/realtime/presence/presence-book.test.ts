import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { PresenceBook } from './presence-book.js';
import { onePerPerson, type PresenceEntry, type PresenceSet } from './presence-entry.js';

const LEASE_MS = 30_000;
const ada = { id: 'a', name: 'Ada' };
const bob = { id: 'b', name: 'Bob' };
const viewing = (ticket_id: number): PresenceSet => ({ ticket_id, mode: 'viewing' });
const editing = (ticket_id: number, field: string): PresenceSet => ({ ticket_id, mode: 'editing', field });

function start() {
  let elapsed = 0;
  const book = new PresenceBook<object>(() => LEASE_MS, {
    elapsed: () => elapsed,
    now: () => new Date(elapsed).toISOString(),
  });
  return { book, pass: (ms: number) => (elapsed += ms) };
}

describe('PresenceBook', () => {
  it('has one place a tab, and leaves the one before', () => {
    const { book } = start();
    const tab = {};
    expect(book.set(tab, ada, viewing(1))).toEqual([1]);
    expect(book.set(tab, ada, viewing(2))).toEqual([1, 2]);
    expect(book.entries(1)).toEqual([]);
    expect(book.entries(2)).toMatchObject([{ id: 'a', name: 'Ada', mode: 'viewing' }]);
    expect(book.set(tab, ada, { ticket_id: null, mode: 'viewing' })).toEqual([2]);
    expect([...book.tickets]).toEqual([]);
    expect(book.leave(tab)).toEqual([]);
  });

  it('says since when, anew with another mode or field and not with a renewal', () => {
    const { book, pass } = start();
    const tab = {};
    book.set(tab, ada, viewing(1));
    pass(10_000);
    expect(book.set(tab, ada, viewing(1))).toEqual([]);
    expect(book.entries(1)[0]!.since).toBe(new Date(0).toISOString());
    book.set(tab, ada, editing(1, 'title'));
    pass(5_000);
    expect(book.set(tab, ada, editing(1, 'status'))).toEqual([1]);
    expect(book.entries(1)[0]).toMatchObject({ field: 'status', since: new Date(15_000).toISOString() });
  });

  it('shows who is renamed by the new name, at once and wherever they go next', () => {
    const { book } = start();
    const tab = {};
    book.set(tab, ada, viewing(1));
    book.set({}, bob, viewing(2));
    expect(book.rename({ id: 'a', name: 'Ada L.' })).toEqual([1]);
    expect(book.rename({ id: 'a', name: 'Ada L.' })).toEqual([]);
    expect(book.entries(1)).toMatchObject([{ id: 'a', name: 'Ada L.' }]);
    expect(book.entries(2)).toMatchObject([{ id: 'b', name: 'Bob' }]);
    book.leave(tab);
    book.set(tab, ada, viewing(3));
    expect(book.entries(3)).toMatchObject([{ id: 'a', name: 'Ada L.' }]);
  });

  it('ends a lease that is not renewed, to the millisecond, and no other', () => {
    const { book, pass } = start();
    const dead = {};
    const alive = {};
    book.set(dead, ada, viewing(1));
    book.set(alive, bob, viewing(1));
    pass(10_000);
    book.set(alive, bob, viewing(1));
    expect(book.nextEndMs).toBe(20_000);
    pass(19_999);
    expect(book.expire()).toEqual([]);
    pass(1);
    expect(book.expire()).toEqual([1]);
    expect(book.entries(1)).toMatchObject([{ id: 'b' }]);
    expect(book.nextEndMs).toBe(10_000);
  });

  it('holds what a plain list of leases holds, whatever happens in whatever order', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('set' as const),
        tab: fc.nat({ max: 4 }),
        ticket: fc.option(fc.integer({ min: 1, max: 3 })),
        field: fc.constantFrom(undefined, 'title', 'status'),
      }),
      fc.record({ kind: fc.constant('leave' as const), tab: fc.nat({ max: 4 }) }),
      fc.record({ kind: fc.constant('pass' as const), ms: fc.nat({ max: 20_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { book, pass } = start();
        const tabs = Array.from({ length: 5 }, (_, index) => ({ index }));
        let model: { tab: number; ticket: number; mode: string; field: string | undefined; ends: number }[] =
          [];
        let elapsed = 0;
        const shown = () => [1, 2, 3].map((ticket) => JSON.stringify(book.entries(ticket)));
        for (const event of steps) {
          const before = shown();
          let changed: number[] = [];
          if (event.kind === 'pass') {
            elapsed += event.ms;
            pass(event.ms);
            changed = book.expire();
            model = model.filter(({ ends }) => ends > elapsed);
          } else {
            model = model.filter(({ tab }) => tab !== event.tab);
            const tab = tabs[event.tab]!;
            if (event.kind === 'leave') changed = book.leave(tab);
            else {
              const { ticket, field } = event;
              const mode = field === undefined ? 'viewing' : 'editing';
              const person = { id: String(event.tab % 3), name: `Person ${event.tab % 3}` };
              changed = book.set(tab, person, { ticket_id: ticket, mode, ...(field ? { field } : {}) });
              if (ticket !== null) {
                model.push({ tab: event.tab, ticket, mode, field, ends: elapsed + LEASE_MS });
              }
            }
          }
          // What is shown otherwise than before is always named.
          shown().forEach((now, index) => {
            if (now !== before[index]) expect(changed).toContain(index + 1);
          });
          for (const ticket of [1, 2, 3]) {
            const people = model.filter((lease) => lease.ticket === ticket);
            const entries = book.entries(ticket);
            expect(new Set(entries.map(({ id }) => id))).toEqual(
              new Set(people.map(({ tab }) => String(tab % 3))),
            );
            for (const entry of entries) {
              const theirs = people.filter(({ tab }) => String(tab % 3) === entry.id);
              expect(entry.mode).toBe(theirs.some(({ mode }) => mode === 'editing') ? 'editing' : 'viewing');
              expect(theirs.map(({ field }) => field)).toContain(entry.field);
            }
          }
          expect(new Set(book.tickets)).toEqual(new Set(model.map(({ ticket }) => ticket)));
        }
      }),
    );
  });
});

describe('onePerPerson', () => {
  const moment = (second: number) => new Date(second * 1_000).toISOString();

  it('shows of two tabs the one that edits, since when it does', () => {
    expect(
      onePerPerson([
        { ...ada, mode: 'viewing', since: moment(1) },
        { ...ada, mode: 'editing', field: 'title', since: moment(2) },
        { ...ada, mode: 'editing', field: 'status', since: moment(3) },
        { ...bob, mode: 'viewing', since: moment(2) },
        { ...bob, mode: 'viewing', since: moment(4) },
      ]),
    ).toEqual([
      { ...bob, mode: 'viewing', since: moment(2) },
      { ...ada, mode: 'editing', field: 'status', since: moment(3) },
    ]);
  });

  it('is the same in whatever order processes are heard, and once more of itself', () => {
    const entry: fc.Arbitrary<PresenceEntry> = fc
      .record({
        id: fc.constantFrom('a', 'b'),
        mode: fc.constantFrom('viewing' as const, 'editing' as const),
        field: fc.constantFrom('title', 'status'),
        since: fc.integer({ min: 0, max: 3 }).map(moment),
      })
      .map((made) => ({ ...made, name: made.id }));
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const merged = onePerPerson(entries);
        expect(onePerPerson([...entries].reverse())).toEqual(merged);
        expect(onePerPerson([...merged, ...entries])).toEqual(merged);
        expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length);
      }),
    );
  });
});

import { describe, expect, it } from '@jest/globals';

import { baseVersion, type OwnAnswer } from './base-version.js';
import { entryOf } from './entry.js';
import type { TicketChanges, TicketField } from './pending-changes.js';
import { ticketOf } from './testing/tickets.js';

const seen = entryOf(ticketOf(1, { version: 7 }));
const change = (changes: TicketChanges) => ({ opId: 'op', ticketId: 1, changes, seen });
const answer = (version: number, fields: TicketChanges, own: readonly TicketField[]): OwnAnswer => ({
  ticket: ticketOf(1, { ...fields, version }),
  fields: new Set(own),
});

describe('[P7] the base of a change', () => {
  it('is what the person saw', () => {
    expect(baseVersion(change({ status: 'closed' }), [])).toBe(7);
  });

  it('is none when nothing was known', () => {
    expect(baseVersion({ ...change({ status: 'closed' }), seen: undefined }, [])).toBeUndefined();
  });

  it("moves on over the person's own change of the same field", () => {
    const own = answer(8, { status: 'in_progress' }, ['status']);
    expect(baseVersion(change({ status: 'closed' }), [own])).toBe(8);
  });

  it("stays below somebody else's change of the field that came with it", () => {
    const own = answer(9, { status: 'in_progress', title: 'Theirs' }, ['status']);
    expect(baseVersion(change({ title: 'Mine' }), [own])).toBe(7);
  });

  it("moves on when somebody else's change was of another field", () => {
    const own = answer(9, { status: 'in_progress', priority: 'high' }, ['status']);
    expect(baseVersion(change({ title: 'Mine' }), [own])).toBe(9);
  });

  it('follows several own changes, whose fields add up', () => {
    const answers = [
      answer(8, { status: 'closed' }, ['status']),
      answer(9, { status: 'closed', priority: 'high' }, ['status', 'priority']),
    ];
    expect(baseVersion(change({ status: 'open', priority: 'low' }), answers)).toBe(9);
  });

  it('takes people for the same by their id', () => {
    const own = answer(8, { status: 'closed', assignee: null }, ['status']);
    expect(baseVersion(change({ assignee: { id: 'p1', name: 'Ada' } }), [own])).toBe(8);
    const other = answer(8, { status: 'closed', assignee: { id: 'p2', name: 'Bob' } }, ['status']);
    expect(baseVersion(change({ assignee: { id: 'p1', name: 'Ada' } }), [other])).toBe(7);
  });
});

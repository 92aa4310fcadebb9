import { describe, expect, it } from '@jest/globals';

import { baseVersion, ownAnswer, type OwnAnswer } from './base-version.js';
import { entryOf } from './entry.js';
import type { PatchWrite } from './outbox.js';
import type { TicketChanges, TicketField } from './pending-changes.js';
import { ticketOf } from './testing/tickets.js';

const seen = entryOf(ticketOf(1, { version: 7 }));
const change = (changes: TicketChanges, fields: Partial<PatchWrite> = {}): PatchWrite => ({
  kind: 'patch',
  changes,
  seen,
  ...fields,
});
/** @param own the fields that the person's own changes have written */
const answer = (
  version: number,
  fields: TicketChanges,
  own: readonly TicketField[],
  last?: OwnAnswer,
): OwnAnswer =>
  ownAnswer(
    ticketOf(1, { ...fields, version }),
    Object.fromEntries(own.map((field) => [field, fields[field]])),
    last,
  );

describe('[P7] the base of a change', () => {
  it('is what the person saw', () => {
    expect(baseVersion(change({ status: 'closed' }), [])).toBe(7);
  });

  it('is none when nothing was known', () => {
    expect(baseVersion(change({ status: 'closed' }, { seen: undefined }), [])).toBeUndefined();
  });

  it('goes on from where it was before a reload', () => {
    expect(baseVersion(change({ status: 'closed' }, { base: 9 }), [])).toBe(9);
  });

  it('of what takes a change back stays at that change', () => {
    const undo = change({ status: 'open' }, { base: 8, undoes: { status: 'resolved' } });
    expect(baseVersion(undo, [answer(9, { status: 'closed' }, ['status'])])).toBe(8);
    expect(baseVersion(undo, [answer(9, { status: 'resolved' }, ['title'])])).toBe(8);
  });

  it('of what takes a change back moves on, when what that had set was put back', () => {
    const undo = change({ status: 'open' }, { base: 8, undoes: { status: 'resolved' } });
    expect(baseVersion(undo, [answer(10, { status: 'resolved' }, ['status'])])).toBe(10);
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
    const first = answer(8, { status: 'closed' }, ['status']);
    const second = answer(9, { status: 'closed', priority: 'high' }, ['priority'], first);
    expect(baseVersion(change({ status: 'open', priority: 'low' }), [first, second])).toBe(9);
  });

  it("stays below somebody else's change of a field that one had changed before", () => {
    const first = answer(8, { status: 'in_progress' }, ['status']);
    const second = answer(10, { status: 'resolved', priority: 'high' }, ['priority'], first);
    expect(baseVersion(change({ status: 'closed' }), [first, second])).toBe(8);
  });

  it('takes people for the same by their id', () => {
    const own = answer(8, { status: 'closed', assignee: null }, ['status']);
    expect(baseVersion(change({ assignee: { id: 'p1', name: 'Ada' } }), [own])).toBe(8);
    const other = answer(8, { status: 'closed', assignee: { id: 'p2', name: 'Bob' } }, ['status']);
    expect(baseVersion(change({ assignee: { id: 'p1', name: 'Ada' } }), [other])).toBe(7);
  });
});

import { describe, expect, it } from '@jest/globals';

import type { FeedEvent } from '#contract/events';

import { changesOf, verbOf } from './event-words.js';

const event = (part: Partial<FeedEvent>): FeedEvent => ({
  id: 1,
  type: 'ticket.updated',
  at: '2026-11-21T09:00:00.000Z',
  ticket_id: 7,
  version: 2,
  actor: { kind: 'agent', id: 'a', name: 'Ada' },
  changes: {},
  changed: Object.keys(part.changes ?? {}),
  ...part,
});
const said = (part: Partial<FeedEvent>) =>
  changesOf(event(part), (id) => (id === 'g' ? 'Grace' : undefined)).join(', ');

describe('an event in words', () => {
  it.each([
    [{ type: 'ticket.created' }, 'submitted'],
    [{ type: 'ticket.updated' }, 'changed'],
    [{ type: 'ticket.deleted' }, 'deleted'],
    [{ type: 'comment.created', comment: { internal: true } }, 'left a note on'],
    [{ type: 'comment.created', comment: { internal: false } }, 'replied to'],
    [{ type: 'person.updated', changes: { name: [null, 'Ada'] } }, 'added'],
    [{ type: 'person.updated', changes: { disabled: [false, true] } }, 'disabled'],
    [{ type: 'person.updated', changes: { disabled: [true, false] } }, 'enabled'],
    [{ type: 'person.updated', changes: { role: ['agent', 'admin'] } }, 'changed'],
  ])('%j: %s', (part, verb) => {
    expect(verbOf(event(part as Partial<FeedEvent>))).toBe(verb);
  });

  it('names values and people', () => {
    expect(said({ changes: { status: ['open', 'in_progress'] } })).toBe('status Open → In progress');
    expect(said({ changes: { assignee: [null, 'g'] } })).toBe('assignee nobody → Grace');
    expect(said({ changes: { assignee: ['gone', null] } })).toBe('assignee gone → nobody');
  });

  it('names the description, whose text is nowhere', () => {
    expect(said({ changed: ['description'] })).toBe('description');
  });

  it('says what a new person is, and how one changed', () => {
    const type = 'person.updated';
    expect(
      said({ type, changes: { name: [null, 'Ada'], role: [null, 'agent'], disabled: [null, false] } }),
    ).toBe('name Ada, role Agent');
    expect(said({ type, changes: { role: ['agent', 'admin'] } })).toBe('role Agent → Administrator');
  });

  it('leaves out what is bookkeeping', () => {
    expect(said({ changes: { classification: [null, {}] } })).toBe('');
  });
});

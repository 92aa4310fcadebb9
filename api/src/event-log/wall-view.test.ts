import { describe, expect, it } from '@jest/globals';

import { event as eventSchema, type FeedEvent } from '../contract/events.js';
import { wallView } from './wall-view.js';

const SECRET = 'kept from the wall';

const event: FeedEvent = {
  id: 9,
  type: 'ticket.updated',
  at: '2026-11-21T09:00:00.000Z',
  ticket_id: 3,
  version: 2,
  actor: { kind: 'agent', id: 'a', name: 'Ada' },
  changes: {
    status: ['open', 'resolved'],
    requester: [null, { name: SECRET, email: SECRET }],
    classification: [null, { reason: SECRET }],
  },
  changed: ['description', 'status', 'requester', 'classification'],
  ticket: {
    id: 3,
    title: 'Cannot log in',
    category: 'account',
    priority: 'high',
    status: 'resolved',
    assignee: { id: 'a', name: 'Ada' },
    requester: { name: SECRET, email: SECRET },
    classification: {
      source: 'model',
      model: 'm',
      category: 'account',
      priority: 'high',
      confidence: 1,
      reason: SECRET,
      latency_ms: 1,
    },
    version: 2,
    created_at: '2026-11-21T08:00:00.000Z',
    updated_at: '2026-11-21T09:00:00.000Z',
  },
};

const said: FeedEvent = {
  id: 10,
  type: 'comment.created',
  at: '2026-11-21T09:01:00.000Z',
  ticket_id: 3,
  version: null,
  actor: { kind: 'agent', id: 'a', name: 'Ada' },
  changes: {},
  changed: [],
  comment: {
    id: 1,
    ticket_id: 3,
    author: { kind: 'requester', id: null, name: SECRET },
    body: SECRET,
    internal: false,
    created_at: '2026-11-21T09:01:00.000Z',
  },
};

const renamed: FeedEvent = {
  id: 11,
  type: 'person.updated',
  at: '2026-11-21T09:02:00.000Z',
  ticket_id: null,
  version: null,
  actor: { kind: 'agent', id: 'b', name: 'Bob' },
  changes: { name: ['Ada', 'Ada L.'], role: ['agent', SECRET], email: [SECRET, SECRET] },
  changed: ['name', 'role', 'email'],
  person: { id: 'a', name: 'Ada L.', email: SECRET } as FeedEvent['person'],
};

describe('wallView', () => {
  it.each([event, said, renamed])(
    'lets nothing of a $type through that names a customer, repeats words or is for agents',
    (secretive) => {
      expect(JSON.stringify(secretive)).toContain(SECRET);
      expect(JSON.stringify(wallView(secretive))).not.toContain(SECRET);
    },
  );

  it('says that there was a comment, and nothing of it', () => {
    const view = wallView(said);
    expect(eventSchema.parse(view)).toEqual(view);
    expect(view).toMatchObject({ type: 'comment.created', ticket_id: 3, actor: { name: 'Ada' } });
    expect(Object.keys(view)).not.toContain('comment');
  });

  it('tells how somebody is called now', () => {
    const view = wallView(renamed);
    expect(eventSchema.parse(view)).toEqual(view);
    expect([view.person, view.changed, view.changes]).toEqual([
      { id: 'a', name: 'Ada L.' },
      ['name'],
      { name: ['Ada', 'Ada L.'] },
    ]);
  });

  it('lets nothing through that it does not know', () => {
    const unknown: FeedEvent & { note: string } = {
      ...said,
      note: SECRET,
      changes: { note: [null, SECRET] },
      changed: ['note'],
    };
    expect(JSON.stringify(wallView(unknown))).not.toContain(SECRET);
  });

  it('keeps what a display shows, in the shape of the contract', () => {
    const view = wallView(event);
    expect(eventSchema.parse(view)).toEqual(view);
    expect(view.changed).toEqual(['status']);
    expect(view.ticket).toMatchObject({
      title: 'Cannot log in',
      status: 'resolved',
      assignee: { name: 'Ada' },
    });
  });
});

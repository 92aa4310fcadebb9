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
  comment: { body: SECRET },
};

describe('wallView', () => {
  it('lets nothing through that names a customer or repeats their words', () => {
    expect(JSON.stringify(wallView(event))).not.toContain(SECRET);
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

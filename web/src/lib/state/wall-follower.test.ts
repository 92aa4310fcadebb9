import { describe, expect, it } from '@jest/globals';
import type { FeedEvent } from '#contract/events';
import type { TicketRow } from '#contract/ticket';
import type { Wall } from '#contract/wall';

import { WallFollower } from './wall-follower.js';

const EPOCH = '00000000-0000-4000-8000-000000000000';
const HOUR = '2026-11-21T09:00:00.000Z';
const position = (id: number) => ({ epoch: EPOCH, id, mark: `m${id}` });

const wallAt = (id: number): Wall => ({
  stats: {} as Wall['stats'],
  hours: [
    { at: '2026-11-21T08:00:00.000Z', created: 1, resolved: 0 },
    { at: HOUR, created: 2, resolved: 1 },
  ],
  heat: [{ priority: 'critical', category: 'billing', unsolved: 3 }],
  newest_critical: [],
  longest_waiting: [],
  latest: [],
  as_of: position(id),
});

function event(id: number, part: Partial<FeedEvent> & { row?: Partial<TicketRow> } = {}): FeedEvent {
  const { row, ...rest } = part;
  const ticket: TicketRow = {
    ...{ id: 7, title: 'T', category: 'billing', priority: 'critical', status: 'open', assignee: null },
    ...{ requester: null, classification: null, version: id, created_at: HOUR, updated_at: HOUR },
    ...row,
  };
  const actor = { kind: 'agent', id: 'a', name: 'Ada' } as const;
  const changes = { changes: {}, changed: [] };
  return {
    id,
    type: 'ticket.created',
    at: HOUR,
    ticket_id: 7,
    version: id,
    actor,
    ...changes,
    ticket,
    ...rest,
  };
}

const following = (id = 10): WallFollower => {
  const follower = new WallFollower();
  follower.restart(position(id));
  expect(follower.take(wallAt(id), position(id))).toBe(true);
  return follower;
};

describe('a board between snapshots', () => {
  it('counts what arrives where it belongs, and shows it once', () => {
    const follower = following();
    follower.advance([event(11)]);
    const { hours, heat, newest_critical, longest_waiting, latest } = follower.board!;
    expect(hours.at(-1)).toEqual({ at: HOUR, created: 3, resolved: 1 });
    expect(heat[0]?.unsolved).toBe(4);
    expect([newest_critical, longest_waiting, latest].map((list) => list.length)).toEqual([1, 1, 1]);
  });

  it('lets go of what is resolved', () => {
    const follower = following();
    const resolved = { status: ['open', 'resolved'] as [unknown, unknown] };
    follower.advance([
      event(11),
      event(12, { type: 'ticket.updated', changes: resolved, row: { status: 'resolved' } }),
    ]);
    expect(follower.board!.heat[0]?.unsolved).toBe(3);
    expect(follower.board!.newest_critical).toEqual([]);
    expect(follower.board!.hours.at(-1)?.resolved).toBe(2);
    expect(follower.isDue).toBe(false);
  });

  it('begins an hour, and keeps as many as before', () => {
    const follower = following();
    follower.advance([event(11, { at: '2026-11-21T10:00:01.000Z' })]);
    expect(follower.board!.hours.map(({ at }) => at)).toEqual([HOUR, '2026-11-21T10:00:00.000Z']);
  });

  it('adds to a late snapshot just what came behind it', () => {
    const follower = following();
    follower.advance([event(11), event(12, { ticket_id: 8, row: { id: 8 } })]);
    expect(follower.take(wallAt(11), position(12))).toBe(true);
    expect(follower.board!.heat[0]?.unsolved).toBe(4);
    expect(follower.board!.newest_critical.map(({ id }) => id)).toEqual([8]);
  });

  it('takes no snapshot behind which something is missing, nor one of another history', () => {
    const follower = following();
    expect(follower.take(wallAt(9), position(10))).toBe(false);
    expect(follower.take(wallAt(12), { ...position(12), epoch: 'another' })).toBe(false);
  });

  it('asks for another one after a deletion, and after a gap', () => {
    const deleted = following();
    deleted.advance([event(11, { type: 'ticket.deleted', ticket: undefined })]);
    expect(deleted.isDue).toBe(true);
    const jumped = following();
    jumped.restart(position(99));
    expect(jumped.isDue).toBe(true);
  });
});

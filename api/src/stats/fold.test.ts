import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CATEGORIES, PRIORITIES, STATUSES, type TicketRow } from '../contract/ticket.js';
import type { LoggedEvent } from '../event-log/logged-event.js';
import { Fold, utcDay } from './fold.js';
import { statsDelta } from './stats-delta.js';
import { addDelta } from '../../test/support/feed-client.js';

const TODAY = utcDay('2026-11-21T12:00:00.000Z');
const DAYS = ['2026-11-19T23:59:59.999Z', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'];
const ASSIGNEES = [null, { id: 'ada', name: 'Ada' }, { id: 'bob', name: 'Bob' }];

const values = {
  status: fc.constantFrom(...STATUSES),
  priority: fc.constantFrom(...PRIORITIES),
  category: fc.constantFrom(...CATEGORIES),
  assignee: fc.constantFrom(...ASSIGNEES),
  created_at: fc.constantFrom(...DAYS),
};

type Held = Pick<TicketRow, 'status' | 'priority' | 'category' | 'assignee' | 'created_at'>;

const commands = fc.array(
  fc.record({
    kind: fc.constantFrom('create', 'update', 'update', 'delete'),
    target: fc.nat(50),
    to: fc.record(values),
    at: fc.constantFrom(...DAYS),
  }),
  { maxLength: 80 },
);

/** Plays commands on a plain map, and gives the events that the database would have written. */
function play(list: { kind: string; target: number; to: Held; at: string }[]) {
  const table = new Map<number, Held>();
  const events: LoggedEvent[] = [];
  let resolvedToday = 0;
  let nextId = 1;
  const emit = (type: string, at: string, row: Held, changes: Record<string, [unknown, unknown]>) =>
    events.push({
      event: { id: events.length + 1, type, at, changes },
      mark: '',
      row,
    } as unknown as LoggedEvent);
  for (const { kind, target, to, at } of list) {
    const ids = [...table.keys()];
    const id = ids[target % Math.max(1, ids.length)];
    if (kind === 'create' || id === undefined) {
      table.set(nextId++, to);
      emit('ticket.created', at, to, {});
      continue;
    }
    const before = table.get(id)!;
    if (kind === 'delete') {
      table.delete(id);
      emit('ticket.deleted', at, before, {});
      continue;
    }
    const changes: Record<string, [unknown, unknown]> = {};
    for (const field of ['status', 'priority', 'category', 'created_at'] as const) {
      if (before[field] !== to[field]) changes[field] = [before[field], to[field]];
    }
    if (before.assignee !== to.assignee)
      changes['assignee'] = [before.assignee?.id ?? null, to.assignee?.id ?? null];
    if (changes['status']?.[1] === 'resolved' && utcDay(at) === TODAY) resolvedToday += 1;
    table.set(id, to);
    emit('ticket.updated', at, to, changes);
  }
  return { table: [...table.values()], events, resolvedToday };
}

const foldOf = (events: LoggedEvent[]) => {
  const fold = new Fold();
  for (const event of events) fold.apply(event);
  return fold;
};

describe('Fold', () => {
  it('holds what counting the tickets one by one would give', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const { table, events, resolvedToday } = play(list);
        const figures = foldOf(events).figures(TODAY);
        const count = (test: (held: Held) => boolean) => table.filter(test).length;
        expect(figures.total_tickets).toBe(table.length);
        expect(figures.open_tickets).toBe(count(({ status }) => status === 'open'));
        for (const status of STATUSES)
          expect(figures.status_breakdown[status]).toBe(count((t) => t.status === status));
        for (const priority of PRIORITIES) {
          expect(figures.priority_breakdown[priority]).toBe(count((t) => t.priority === priority));
        }
        for (const category of CATEGORIES) {
          expect(figures.category_breakdown[category]).toBe(count((t) => t.category === category));
        }
        expect(figures.unassigned_open).toBe(count((t) => t.status === 'open' && t.assignee === null));
        expect(figures.created_today).toBe(count((t) => utcDay(t.created_at) === TODAY));
        expect(figures.resolved_today).toBe(resolvedToday);
        const days = new Set(table.map((t) => utcDay(t.created_at))).size;
        expect(figures.avg_tickets_per_day).toBe(days === 0 ? 0 : table.length / days);
      }),
    );
  });

  it('counts any combination of facets exactly', () => {
    const some = <Value>(all: readonly Value[]) =>
      fc.option(fc.subarray([...all], { minLength: 1 }), { nil: undefined });
    const filter = fc.record({
      status: some(STATUSES),
      priority: some(PRIORITIES),
      category: some(CATEGORIES),
      assignee: fc.option(fc.constantFrom('none', 'ada', 'bob', 'nobody'), { nil: undefined }),
    });
    fc.assert(
      fc.property(commands, filter, (list, wanted) => {
        const { table, events } = play(list);
        const matching = table.filter(
          (t) =>
            (wanted.status?.includes(t.status) ?? true) &&
            (wanted.priority?.includes(t.priority) ?? true) &&
            (wanted.category?.includes(t.category) ?? true) &&
            (wanted.assignee === undefined || wanted.assignee === (t.assignee?.id ?? 'none')),
        );
        expect(foldOf(events).count(wanted)).toBe(matching.length);
      }),
    );
  });

  it('counts the tickets of any stretch of days exactly', () => {
    const day = fc.oneof(
      fc.integer({ min: TODAY - 3, max: TODAY + 2 }),
      fc.constantFrom(-Infinity, Infinity),
    );
    fc.assert(
      fc.property(commands, day, day, (list, first, end) => {
        const { table, events } = play(list);
        const created = table.map((ticket) => utcDay(ticket.created_at));
        const within = created.filter((at) => at >= first && at < end);
        expect(foldOf(events).createdOn(first, end)).toBe(within.length);
      }),
    );
  });

  it('takes events out again: the baseline may have seen more than its position', () => {
    fc.assert(
      fc.property(commands, fc.nat(80), (list, cut) => {
        const { events } = play(list);
        const whole = foldOf(events);
        for (const event of events.slice(cut)) whole.apply(event, -1);
        expect(whole.difference(foldOf(events.slice(0, cut)), TODAY)).toBeNull();
      }),
    );
  });

  it('is indifferent to comments and people', () => {
    const others = ['comment.created', 'person.updated'].map((type, index) => {
      const changes = { status: ['open', 'resolved'], name: ['Ada', 'Eve'], disabled: [false, true] };
      const event = { id: 1_000 + index, type, at: DAYS[2]!, ticket_id: index === 0 ? 1 : null, changes };
      return { event, mark: '', row: null } as unknown as LoggedEvent;
    });
    fc.assert(
      fc.property(commands, fc.nat(80), (list, cut) => {
        const { events } = play(list);
        const mixed = [...events.slice(0, cut), ...others, ...events.slice(cut), ...others];
        expect(foldOf(mixed).difference(foldOf(events), TODAY)).toBeNull();
        expect(foldOf(mixed).figures(TODAY)).toEqual(foldOf(events).figures(TODAY));
      }),
    );
  });

  it('tells a fold that is off by one event from the right one', () => {
    const { events } = play([{ kind: 'create', target: 0, to: { ...held('open') }, at: DAYS[0]! }]);
    expect(foldOf(events).difference(new Fold(), TODAY)).not.toBeNull();
  });

  it('gives deltas that add up to its figures', () => {
    fc.assert(
      fc.property(commands, fc.nat(80), (list, cut) => {
        const { events } = play(list);
        const before = foldOf(events.slice(0, cut)).figures(TODAY);
        const after = foldOf(events).figures(TODAY);
        expect(addDelta(before, statsDelta(before, after))).toEqual(after);
        expect(statsDelta(after, after)).toEqual({});
      }),
    );
  });
});

function held(status: Held['status']): Held {
  return { status, priority: 'low', category: 'general', assignee: null, created_at: DAYS[0]! };
}

import { describe, expect, it } from '@jest/globals';

import type { Ordering } from '#contract/queries';
import type { TicketRow } from '#contract/ticket';

import { comparison, filterOf, matches } from './filter.js';
import { rowOf } from './testing/tickets.js';

const row = rowOf(1, { assignee: { id: 'p1', name: 'Ada' }, created_at: '2026-11-21T09:00:00.000Z' });
const fits = (params: Parameters<typeof filterOf>[0], me?: string) => matches(row, filterOf(params, me));

describe('[L4] a filter', () => {
  it.each([
    ['nothing', {}, 'yes'],
    ['empty lists', { status: [], category: [], priority: [] }, 'yes'],
    ['its status', { status: ['closed', 'open'] }, 'yes'],
    ['another status', { status: ['closed'] }, 'no'],
    ['its category', { category: ['general'] }, 'yes'],
    ['another category', { category: ['billing', 'account'] }, 'no'],
    ['its priority', { priority: ['low'] }, 'yes'],
    ['another priority', { priority: ['high'] }, 'no'],
    ['its person', { assignee: 'p1' }, 'yes'],
    ['another person', { assignee: 'p2' }, 'no'],
    ['nobody', { assignee: 'none' }, 'no'],
    ['all of it', { status: ['open'], category: ['general'], assignee: 'p1' }, 'yes'],
    ['all but one', { status: ['open'], category: ['billing'], assignee: 'p1' }, 'no'],
    ['its very moment or later', { created_after: '2026-11-21T09:00:00.000Z' }, 'yes'],
    ['later', { created_after: '2026-11-21T09:00:00.001Z' }, 'no'],
    ['before its very moment', { created_before: '2026-11-21T09:00:00Z' }, 'no'],
    ['before the next day', { created_before: '2026-11-22' }, 'yes'],
    [
      'a day and an offset',
      { created_after: '2026-11-21', created_before: '2026-11-21T10:00:01+01:00' },
      'yes',
    ],
    ['blanks for a search', { search: '  ' }, 'yes'],
  ] as const)('asking for %s', (_what, params, match) => {
    expect(fits(params)).toBe(match);
  });

  it('knows the person who asks', () => {
    expect(fits({ assignee: 'me' }, 'p1')).toBe('yes');
    expect(fits({ assignee: 'me' }, 'p2')).toBe('no');
  });

  it('[L5] leaves a search to the server, and a person unknown here', () => {
    expect(fits({ search: 'refund' })).toBe('unknown');
    expect(fits({ search: 'refund', status: ['closed'] })).toBe('no');
    expect(fits({ assignee: 'me' })).toBe('unknown');
  });
});

describe('[L4] an order', () => {
  const rows: TicketRow[] = [
    rowOf(1, {
      created_at: '2026-01-02T00:00:00.000Z',
      updated_at: '2026-03-01T00:00:00.000Z',
      priority: 'low',
    }),
    rowOf(2, {
      created_at: '2026-01-01T00:00:00.000Z',
      updated_at: '2026-03-02T00:00:00.000Z',
      priority: 'critical',
    }),
    rowOf(3, {
      created_at: '2026-01-02T00:00:00.000Z',
      updated_at: '2026-03-01T00:00:00.000Z',
      priority: 'medium',
    }),
    rowOf(4, {
      created_at: '2026-01-03T00:00:00.000Z',
      updated_at: '2026-03-03T00:00:00.000Z',
      priority: 'low',
    }),
  ];

  it.each([
    ['created_at', [2, 1, 3, 4]],
    ['-created_at', [4, 3, 1, 2]],
    ['updated_at', [1, 3, 2, 4]],
    ['-updated_at', [4, 2, 3, 1]],
    ['priority', [1, 4, 3, 2]],
    ['-priority', [2, 3, 4, 1]],
  ] as [Ordering, number[]][])('by %s', (ordering, ids) => {
    expect(rows.toSorted(comparison(ordering)).map(({ id }) => id)).toEqual(ids);
  });
});

import { describe, expect, it } from '@jest/globals';

import type { FeedEvent } from '#contract/events';
import type { TicketList } from '#contract/queries';

import { NetworkError } from '../api/errors.js';
import type { ListTicketsParams } from '../api/tickets.js';
import type { Change } from './change.js';
import { LiveCounts } from './live-list-count.js';
import { FakeClock, settled } from './testing/fake-clock.js';
import { listOf } from './testing/fake-commands.js';
import { created, deleted, rowOf, updated } from './testing/tickets.js';

/** Counts at position 10, with the reads under the test's hand. */
function open(queries: Readonly<Record<string, ListTicketsParams>>) {
  const clock = new FakeClock();
  const asked: { params: ListTicketsParams; answer: (count: number, asOf: number) => Promise<void> }[] = [];
  const failing: (() => Promise<void>)[] = [];
  let listener: (change: Change) => void = () => undefined;
  const counts = new LiveCounts({
    read: (params) => {
      const { promise, resolve, reject } = Promise.withResolvers<TicketList>();
      const answer = (count: number, asOf: number) => (resolve(listOf([], asOf, { count })), settled());
      asked.push({ params, answer });
      failing.push(() => (reject(new NetworkError('down')), settled()));
      return promise;
    },
    onChange: (told) => {
      listener = told;
      return () => undefined;
    },
    position: () => ({ id: 10 }),
    me: 'p1',
    clock,
  });
  counts.follow(queries);
  const tell = (events: readonly FeedEvent[], moored = false) => listener({ ids: new Set(), events, moored });
  return { counts, clock, asked, failing, tell, of: (name: string) => counts.all.value.get(name)?.number };
}

describe('counts of queries', () => {
  it('[M6] are asked for once each, one after the other', async () => {
    const { asked, of } = open({ open: { status: ['open'] }, mine: { assignee: 'me' } });
    expect(asked.map(({ params }) => params)).toEqual([{ status: ['open'], page_size: 1 }]);
    await asked[0]!.answer(7, 10);
    expect(asked[1]?.params).toEqual({ assignee: 'me', page_size: 1 });
    await asked[1]!.answer(2, 10);
    expect([of('open'), of('mine'), asked.length]).toEqual([7, 2, 2]);
  });

  it('[M6] follow the feed: what enters, what leaves, and what stays', async () => {
    const { asked, tell, of } = open({ open: { status: ['open'] } });
    await asked[0]!.answer(7, 10);
    const change = (id: number, from: string, to: 'open' | 'closed') => ({
      ...updated(id, rowOf(1, { version: id, status: to })),
      changes: { status: [from, to] as [unknown, unknown] },
    });
    tell([created(11, rowOf(5)), created(12, rowOf(6, { status: 'closed' }))]);
    expect(of('open')).toBe(8);
    tell([change(13, 'open', 'closed'), change(14, 'closed', 'open'), change(15, 'resolved', 'open')]);
    expect(of('open')).toBe(9);
    tell([{ ...updated(16, rowOf(1, { version: 16 }), ['title']), changes: { title: ['a', 'b'] } }]);
    expect([of('open'), asked.length]).toEqual([9, 1]);
  });

  it('[M6] know people by id', async () => {
    const { asked, tell, of } = open({ mine: { assignee: 'me' } });
    await asked[0]!.answer(1, 10);
    const given = { ...updated(11, rowOf(1, { version: 2 }), ['assignee']) };
    tell([{ ...given, changes: { assignee: ['p1', null] } }]);
    expect(of('mine')).toBe(0);
    tell([
      {
        ...updated(12, rowOf(1, { version: 3, assignee: { id: 'p1', name: 'Ada' } }), ['assignee']),
        changes: { assignee: [null, 'p1'] },
      },
    ]);
    expect(of('mine')).toBe(1);
  });

  it('[M6] count no event twice, and none that came during the read too little', async () => {
    const { asked, tell, of } = open({ open: { status: ['open'] } });
    tell([created(11, rowOf(5)), created(12, rowOf(6))]);
    await asked[0]!.answer(7, 11);
    expect(of('open')).toBe(8);
    tell([created(13, rowOf(8))]);
    expect(of('open')).toBe(9);
  });

  it('[M6] skip what an answer ahead of the feed has already', async () => {
    const { asked, tell, of } = open({ open: {} });
    await asked[0]!.answer(7, 12);
    tell([created(11, rowOf(5)), created(12, rowOf(6)), created(13, rowOf(7))]);
    expect(of('open')).toBe(8);
  });

  it('[M7] are asked for again, every 15 s at most, where only the server knows', async () => {
    const { asked, tell, of, clock } = open({ found: { search: 'fire' } });
    await asked[0]!.answer(3, 10);
    await clock.pass(20_000);
    tell([created(11, rowOf(5))]);
    expect(asked).toHaveLength(2);
    await asked[1]!.answer(4, 11);
    tell([deleted(12, 5, 2)]);
    await settled();
    expect([of('found'), asked.length]).toEqual([4, 2]);
    await clock.pass(15_000);
    expect(asked).toHaveLength(3);
  });

  it('[M7] are asked for again after mooring, and after a failure, and stay meanwhile', async () => {
    const { asked, failing, tell, of, clock } = open({ open: {} });
    await asked[0]!.answer(3, 10);
    tell([], true);
    await settled();
    expect([of('open'), asked.length]).toEqual([3, 2]);
    await failing[1]!();
    expect([of('open'), asked.length]).toEqual([3, 2]);
    await clock.pass(15_000);
    await asked[2]!.answer(9, 10);
    expect(of('open')).toBe(9);
  });

  it('[M6] go on where the query is still the same', async () => {
    const { counts, asked, of } = open({ open: { status: ['open'] }, gone: {} });
    await asked[0]!.answer(7, 10);
    await asked[1]!.answer(9, 10);
    counts.follow({ open: { status: ['open'] } });
    expect([of('open'), of('gone'), asked.length]).toEqual([7, undefined, 2]);
  });
});

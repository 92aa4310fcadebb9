import { describe, expect, it } from '@jest/globals';

import { NetworkError } from '../api/errors.js';
import type { ListTicketsParams } from '../api/tickets.js';
import { Desk } from './testing/desk.js';
import { listOf } from './testing/fake-commands.js';
import { refusal } from './testing/problems.js';
import { created, deleted, envelopeOf, rowOf, ticketOf, updated } from './testing/tickets.js';

const tickets = (...ids: number[]) => ids.map((id) => ticketOf(id));

/** A desk at position 10 with a list that has answered. */
async function open(params: ListTicketsParams, page = listOf(tickets(3, 2, 1), 10)) {
  const desk = await Desk.live();
  const list = desk.client.list(params);
  await desk.commands.lists[0]!.answer(page);
  let position = 10;
  /** Sends events, numbered on from the position. */
  const feed = (...events: ((id: number) => ReturnType<typeof created>)[]) => {
    const numbered = events.map((event, index) => event(position + 1 + index));
    desk.transport.listener.feed(envelopeOf(position, numbered, { stats: {} }));
    position += events.length;
  };
  return { desk, list, feed, state: () => list.state.value };
}

const create =
  (id: number, fields = {}) =>
  (event: number) =>
    created(event, rowOf(id, fields));
const update =
  (id: number, version: number, fields = {}, changed = ['status']) =>
  (event: number) =>
    updated(event, rowOf(id, { version, ...fields }), changed);
const remove = (id: number) => (event: number) => deleted(event, id, 9);

describe('a list', () => {
  it('[L1] loads, then shows what it was answered, with the count', async () => {
    const desk = await Desk.live();
    const list = desk.client.list({ status: ['open'] });
    expect(list.state.value).toMatchObject({ phase: 'loading', reading: true, ids: [] });
    expect(desk.commands.lists[0]?.asked).toEqual({ status: ['open'] });
    await desk.commands.lists[0]!.answer(listOf(tickets(2, 1), 10, { count: 500, count_exact: false }));
    expect(list.state.value).toMatchObject({
      phase: 'ready',
      reading: false,
      ids: [2, 1],
      count: 500,
      countExact: false,
    });
  });

  it('[L1] is told once that it is ready', async () => {
    const desk = await Desk.live();
    const list = desk.client.list({});
    const told: unknown[] = [];
    list.state.subscribe(() => told.push([list.state.value.phase, list.state.value.ids]));
    await desk.commands.lists[0]!.answer(listOf(tickets(1), 10));
    expect(told).toEqual([['ready', [1]]]);
  });

  it('[L1] has what came while it was being read', async () => {
    const desk = await Desk.live();
    const list = desk.client.list({});
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(9)), deleted(12, 1, 2)]));
    await desk.commands.lists[0]!.answer(listOf(tickets(2, 1), 10));
    expect(list.state.value.ids).toEqual([9, 2]);
  });

  it('[L2] stands still while tickets come, go and change', async () => {
    const { list, feed, state } = await open({ status: ['open'] });
    feed(create(4), create(5, { status: 'closed' }), remove(2), update(1, 2, { status: 'closed' }));
    expect(state()).toMatchObject({ ids: [3, 2, 1], arrivals: [4], current: [4, 3] });
    expect([...state().departed]).toEqual([2, 1]);
    expect(list.get(2)?.row.title).toBe('Ticket 2');
    expect(list.get(1)?.row.status).toBe('closed');
    list.adopt();
    expect(state()).toMatchObject({ ids: [4, 3], arrivals: [], departed: new Set() });
    expect(list.get(2)).toBeUndefined();
  });

  it('[L2] takes an arrival that leaves again for nothing', async () => {
    const { feed, state } = await open({});
    feed(create(4));
    feed(remove(4));
    expect(state()).toMatchObject({ arrivals: [], current: [3, 2, 1] });
  });

  it('[N2] is told nothing of tickets that it does not have', async () => {
    const { list, feed } = await open({ status: ['open'] });
    let told = 0;
    list.state.subscribe(() => (told += 1));
    feed(create(9, { status: 'closed' }));
    feed(update(9, 2, { status: 'resolved' }));
    expect(told).toBe(0);
    feed(update(1, 2, { title: 'Another' }, ['title']));
    expect(told).toBe(1);
  });

  it('[L2] counts a change made here, and its refusal', async () => {
    const { desk, state } = await open({ status: ['open'] });
    const refused = expect(desk.client.patch(2, { status: 'closed' })).rejects.toThrow();
    expect([...state().departed]).toEqual([2]);
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(refusal(400, 'invalid'));
    await refused;
    expect(state()).toMatchObject({ departed: new Set(), current: [3, 2, 1] });
  });

  it('[L2] shows the answer of a refresh, or only gathers it', async () => {
    const { desk, list, state } = await open({});
    void list.refresh(false);
    expect(state()).toMatchObject({ reading: true, ids: [3, 2, 1] });
    await desk.commands.lists[0]!.answer(listOf(tickets(5, 3), 10));
    // A ticket that a read leaves out is no news: only the feed says that one is gone.
    expect(state()).toMatchObject({ ids: [3, 2, 1], arrivals: [5], current: [5, 3, 2, 1] });
    void list.refresh();
    await desk.commands.lists[0]!.answer(listOf(tickets(6), 10));
    expect(state()).toMatchObject({ ids: [6, 5, 3, 2, 1], arrivals: [] });
  });

  it('[L2] after a reset it stands still too', async () => {
    const { desk, list, state } = await open({});
    desk.transport.listener.reset({ reason: 'expired' });
    await desk.commands.lists[0]!.answer(listOf(tickets(4, 3), 50));
    expect(state()).toMatchObject({ ids: [3, 2, 1], arrivals: [4], current: [4, 3] });
    expect([...state().departed]).toEqual([2, 1]);
    expect(list.get(1)?.row.id).toBe(1);
  });

  it('[L7] fails when the query is refused, and can be read again', async () => {
    const desk = await Desk.live();
    const list = desk.client.list({});
    const problem = refusal(400, 'invalid');
    await desk.commands.lists[0]!.fail(problem);
    expect(list.state.value).toMatchObject({ phase: 'failed', problem, reading: false });
    void list.refresh();
    await desk.commands.lists[0]!.answer(listOf(tickets(1), 10));
    expect(list.state.value).toMatchObject({ phase: 'ready', problem: undefined, ids: [1] });
  });

  it('[L7] keeps what it shows while a passing failure lasts', async () => {
    const { desk, list, state } = await open({});
    void list.refresh();
    const problem = new NetworkError('down');
    await desk.commands.lists[0]!.fail(problem);
    expect(state()).toMatchObject({ phase: 'ready', problem, reading: true, ids: [3, 2, 1] });
  });

  /** With 120 rows shown, of 500. */
  async function openLong() {
    const rows = (from: number, many: number) =>
      Array.from({ length: many }, (_, index) => ticketOf(from - index));
    const desk = await open({ page_size: 60 }, listOf(rows(500, 60), 10, { count: 500, next: '/2' }));
    void desk.list.more();
    await desk.desk.commands.links[0]!.answer(listOf(rows(440, 60), 10, { next: '/3', previous: '/1' }));
    return { ...desk, rows };
  }

  it('[L10] longer than an answer, it loses nothing by a read that only gathers', async () => {
    const { desk, list, state, rows, feed } = await openLong();
    void list.refresh(false);
    expect(desk.commands.lists[0]?.asked.page_size).toBe(100);
    await desk.commands.lists[0]!.answer(listOf(rows(501, 100), 10, { count: 501, next: '/other' }));
    expect(state().arrivals).toEqual([501]);
    expect([state().departed.size, state().current.length, state().next]).toEqual([0, 121, '/3']);
    feed(remove(385));
    expect([...state().departed]).toEqual([385]);
  });

  it('[L10] longer than an answer, it is what was read after a reset', async () => {
    const { desk, state, rows } = await openLong();
    desk.transport.listener.reset({ reason: 'expired' });
    await desk.commands.lists[0]!.answer(listOf(rows(500, 100), 50, { count: 500, next: '/other' }));
    expect([state().ids.length, state().departed.size, state().next]).toEqual([100, 0, '/other']);
  });

  it('once closed asks and hears nothing more', async () => {
    const { desk, list, feed, state } = await open({});
    void list.refresh();
    const { signal } = desk.commands.lists[0]!;
    list.close();
    expect(signal?.aborted).toBe(true);
    const before = state();
    feed(create(4));
    await desk.commands.lists[0]!.answer(listOf(tickets(9), 10));
    desk.transport.listener.reset({ reason: 'expired' });
    expect(state()).toBe(before);
    expect(desk.commands.lists).toHaveLength(0);
  });
});

describe('[L3] the reach of a list', () => {
  const middle = listOf(tickets(6, 5, 4), 10, { next: '/older', previous: '/newer' });

  it('ends at its first and last row, where there is more', async () => {
    const { feed, state } = await open({}, middle);
    feed(create(9), create(2));
    expect(state().current).toEqual([6, 5, 4]);
    expect(state().hasMore).toBe(true);
  });

  it('is open where the whole list ends', async () => {
    const { feed, state } = await open({});
    feed(create(9), create(2, { version: 2 }));
    expect(state().current).toEqual([9, 3, 2, 1]);
    expect(state().hasMore).toBe(false);
  });

  it('follows a row that moves within it, and loses one that moves out', async () => {
    const at = (minute: number) => ({ updated_at: `2026-11-21T10:0${minute}:00.000Z` });
    const page = listOf([ticketOf(1, at(3)), ticketOf(2, at(2)), ticketOf(3, at(1))], 10, {
      previous: '/newer',
    });
    const { feed, state } = await open({ ordering: '-updated_at' }, page);
    feed(update(3, 2, { updated_at: '2026-11-21T10:02:30.000Z' }));
    expect(state().current).toEqual([1, 3, 2]);
    expect(state().ids).toEqual([1, 2, 3]);
    feed(update(2, 2, at(9)));
    expect(state().current).toEqual([1, 3]);
  });

  it('of a page past the end stays empty', async () => {
    const { feed, state } = await open({ page: 7 }, listOf([], 10, { previous: '/newer' }));
    feed(create(9));
    expect(state()).toMatchObject({ phase: 'ready', current: [] });
  });

  it('of an empty list is everything', async () => {
    const { feed, state } = await open({}, listOf([], 10));
    feed(create(9));
    expect(state().current).toEqual([9]);
  });
});

describe('[L6] more', () => {
  it('adds the next page below, and keeps the rest where it is', async () => {
    const { desk, list, feed, state } = await open({}, listOf(tickets(6, 5), 10, { next: '/next' }));
    feed(create(9), remove(6));
    void list.more();
    expect(desk.commands.links[0]?.asked).toBe('/next');
    await desk.commands.links[0]!.answer(listOf(tickets(4, 3), 12, { next: '/last' }));
    expect(state()).toMatchObject({ ids: [6, 5, 4, 3], arrivals: [9], current: [9, 5, 4, 3], hasMore: true });
    void list.more();
    await desk.commands.links[0]!.answer(listOf(tickets(2), 12));
    expect(state()).toMatchObject({ ids: [6, 5, 4, 3, 2], hasMore: false });
    void list.more();
    expect(desk.commands.links).toHaveLength(0);
  });

  it('asks once at a time, and again for as many as are shown, up to 100', async () => {
    const page = listOf(tickets(6, 5), 10, { next: '/next' });
    const { desk, list } = await open({ page_size: 2 }, page);
    void list.more();
    void list.more();
    expect(desk.commands.links).toHaveLength(1);
    const many = Array.from({ length: 200 }, (_, index) =>
      ticketOf(1_000 - index, { created_at: '2020-01-01T00:00:00.000Z' }),
    );
    await desk.commands.links[0]!.answer(listOf(many.slice(0, 1), 10, { next: '/next' }));
    void list.refresh();
    expect(desk.commands.lists[0]?.asked.page_size).toBe(3);
    await desk.commands.lists[0]!.answer(listOf([...tickets(6, 5), ...many], 10, { next: '/next' }));
    void list.refresh();
    expect(desk.commands.lists[0]?.asked.page_size).toBe(100);
  });
});

describe('[L5] a search', () => {
  const search = (params: ListTicketsParams = {}) => open({ search: 'refund', ...params });

  it('believes the server', async () => {
    const { state, feed } = await search({ status: ['open'] });
    feed(update(2, 2, { status: 'closed' }));
    expect([...state().departed]).toEqual([2]);
    feed(update(2, 3));
    expect(state()).toMatchObject({ current: [3, 2, 1], uncertain: false });
  });

  it.each([
    ['a new ticket', create(9)],
    ['another title', update(2, 2, {}, ['title'])],
    ['another description', update(2, 2, {}, ['description'])],
  ])('is uncertain about %s, and moves nothing', async (_what, event) => {
    const { state, feed } = await search();
    feed(event);
    expect(state()).toMatchObject({ uncertain: true, current: [3, 2, 1], ids: [3, 2, 1] });
  });

  it('is not, about a change that it does not look at', async () => {
    const { state, feed } = await search({ priority: ['low'] });
    feed(create(9, { priority: 'high' }));
    expect(state().uncertain).toBe(false);
    feed(update(9, 2, { priority: 'high' }, ['status']));
    expect(state().uncertain).toBe(false);
    feed(update(9, 3, { priority: 'low' }, ['priority']));
    expect(state().uncertain).toBe(true);
  });

  it('is uncertain about any change when it is ordered by that', async () => {
    const { state, feed, list, desk } = await search({ ordering: '-updated_at' });
    feed(create(9));
    void list.refresh();
    await desk.commands.lists[0]!.answer(listOf(tickets(3, 2, 1), 11));
    expect(state().uncertain).toBe(false);
    feed(update(9, 2, {}, ['category']));
    expect(state().uncertain).toBe(true);
  });

  it('is certain again once the server has been asked', async () => {
    const { state, feed, list, desk } = await search();
    feed(create(9), create(8));
    void list.refresh(false);
    await desk.commands.lists[0]!.answer(listOf(tickets(9, 3, 2, 1), 12));
    expect(state()).toMatchObject({ uncertain: false, ids: [3, 2, 1], arrivals: [9] });
  });
});

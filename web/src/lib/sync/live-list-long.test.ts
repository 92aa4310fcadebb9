import { describe, expect, it } from '@jest/globals';

import { LongList } from './live-list-long.js';
import { Desk } from './testing/desk.js';
import { listOf } from './testing/fake-commands.js';
import { created, deleted, envelopeOf, rowOf, ticketOf } from './testing/tickets.js';

const PAGE = 50;
/** Tickets with falling ids, as the newest are first. */
const from = (id: number, many = PAGE) => Array.from({ length: many }, (_, index) => ticketOf(id - index));

/** A long list of `count` tickets whose head has answered with its first page; the newest is number `count`. */
async function open(count: number) {
  const desk = await Desk.live();
  const list = new LongList((params) => desk.client.list(params), {}, desk.clock);
  const next = count > PAGE ? '/next' : null;
  await desk.commands.lists[0]!.answer(listOf(from(count, Math.min(count, PAGE)), 10, { count, next }));
  const page = (number: number, count: number, shift = 0) => {
    const first = count - (number - 1) * PAGE + shift;
    const many = Math.min(PAGE, first);
    const links = { count, next: first > PAGE ? '/next' : null, previous: '/previous' };
    return listOf(from(first, many), 10, links);
  };
  return { desk, list, page, state: () => list.state.value };
}

describe('a long list', () => {
  it('[M1] has the length that was counted, and rows only where it was read', async () => {
    const { list, state } = await open(100_000);
    expect(state()).toMatchObject({ length: 100_000, headLength: 50 });
    expect([list.idAt(0), list.idAt(49), list.idAt(50)]).toEqual([100_000, 99_951, undefined]);
    expect([list.positionOf(99_999), list.positionOf(1)]).toEqual([1, undefined]);
  });

  it('[M2] goes on by cursor before its end comes into sight, once at a time', async () => {
    const { desk, list } = await open(300);
    list.look(0, 20);
    list.look(5, 25);
    expect(desk.commands.links).toHaveLength(1);
    await desk.commands.links[0]!.answer(listOf(from(250), 10, { count: 300, next: '/next', previous: '/' }));
    expect(list.idAt(99)).toBe(201);
    // The end is near still.
    expect(desk.commands.links).toHaveLength(1);
    await desk.commands.links[0]!.answer(listOf(from(200), 10, { count: 300, next: '/next', previous: '/' }));
    expect(desk.commands.links).toHaveLength(0);
  });

  it('[M3] far down it reads the pages in sight alone, once the eyes rest', async () => {
    const { desk, list, page, state } = await open(100_000);
    list.look(20_000, 20_020);
    list.look(70_000, 70_020);
    expect(desk.commands.lists).toHaveLength(0);
    await desk.clock.pass(100);
    expect(desk.commands.lists.map(({ asked }) => asked)).toEqual([
      { page: 1400, page_size: 50 },
      { page: 1401, page_size: 50 },
    ]);
    await desk.commands.lists[1]!.answer(page(1401, 100_000));
    await desk.commands.lists[0]!.answer(page(1400, 100_000));
    expect([list.idAt(69_950), list.idAt(70_000)]).toEqual([30_050, 30_000]);
    expect(state()).toMatchObject({ length: 100_000, headLength: 50 });
    expect(desk.commands.links).toHaveLength(0);
  });

  it('[M3] calls off what has gone out of sight unread', async () => {
    const { desk, list } = await open(100_000);
    list.look(20_025, 20_025);
    await desk.clock.pass(100);
    const { signal } = desk.commands.lists[0]!;
    list.look(50_025, 50_025);
    await desk.clock.pass(100);
    expect(signal?.aborted).toBe(true);
  });

  it('[M3] keeps a bounded number of pages', async () => {
    const { desk, list, page } = await open(100_000);
    for (let at = 10_025; at < 60_000; at += 2_000) {
      list.look(at, at);
      await desk.clock.pass(100);
      const number = desk.commands.lists[0]!.asked.page!;
      await desk.commands.lists[0]!.answer(page(number, 100_000));
    }
    list.look(0, 10);
    await desk.clock.pass(100);
    expect(list.loaded().length).toBeLessThanOrEqual(50 + 9 * PAGE);
    expect(list.idAt(10_025)).toBeUndefined();
    expect(list.idAt(58_025)).toBe(100_000 - 58_025);
  });

  it('[M4] shows each ticket once, when a later page repeats what has moved down', async () => {
    const { desk, list, page } = await open(100_000);
    list.look(70_025, 70_025);
    await desk.clock.pass(100);
    await desk.commands.lists[0]!.answer(page(1401, 100_000));
    list.look(70_045, 70_065);
    await desk.clock.pass(100);
    // Three tickets were submitted meanwhile.
    await desk.commands.lists[0]!.answer(page(1402, 100_003));
    expect([list.idAt(70_049), list.idAt(70_050), list.idAt(70_096)]).toEqual([29_951, 29_950, 29_904]);
    expect(list.loaded()).toHaveLength(new Set(list.loaded()).size);
  });

  it('[M4] ends where the last page ends', async () => {
    const { desk, list, page, state } = await open(100_010);
    list.look(100_000, 100_010);
    await desk.clock.pass(100);
    for (const call of [...desk.commands.lists]) await call.answer(page(call.asked.page!, 100_010));
    expect(state().length).toBe(100_010);
    expect(list.idAt(100_009)).toBe(1);
  });

  it('[M1] with a count that is not exact there is always a way on', async () => {
    const desk = await Desk.live();
    const list = new LongList((params) => desk.client.list(params), { search: 'a' }, desk.clock);
    const fields = { count: 500, count_exact: false, next: '/next' };
    await desk.commands.lists[0]!.answer(listOf(from(9_000), 10, fields));
    expect(list.state.value.length).toBe(500);
    list.look(0, 40);
    for (let page = 1; page < 11; page += 1) {
      list.look(page * PAGE - 10, page * PAGE);
      await desk.commands.links[0]?.answer(
        listOf(from(9_000 - page * PAGE), 10, { ...fields, previous: '/' }),
      );
    }
    expect(list.state.value.headLength).toBeGreaterThan(500);
    expect(list.state.value.length).toBeGreaterThan(list.state.value.headLength);
  });

  it('[M5] stands still while tickets come and go, and knows who has left, far down too', async () => {
    const { desk, list, page, state } = await open(100_000);
    list.look(70_025, 70_025);
    await desk.clock.pass(100);
    await desk.commands.lists[0]!.answer(page(1401, 100_000));
    desk.transport.listener.feed(
      envelopeOf(10, [created(11, rowOf(100_001)), deleted(12, 29_990, 2)], { stats: {} }),
    );
    expect(state().head.arrivals).toEqual([100_001]);
    expect([...state().departed]).toEqual([29_990]);
    expect([list.idAt(0), list.idAt(70_010)]).toEqual([100_000, 29_990]);
    list.adopt();
    expect([list.idAt(0), list.idAt(70_010)]).toEqual([100_001, 29_989]);
  });

  it('[M5] read again, it is its head anew', async () => {
    const { desk, list, page } = await open(100_000);
    list.look(70_025, 70_025);
    await desk.clock.pass(100);
    await desk.commands.lists[0]!.answer(page(1401, 100_000));
    void list.refresh();
    await desk.commands.lists[0]!.answer(listOf(from(100_005), 10, { count: 100_005, next: '/next' }));
    expect([list.idAt(0), list.idAt(70_010)]).toEqual([100_005, undefined]);
  });

  it('closed, it asks for nothing more', async () => {
    const { desk, list } = await open(100_000);
    list.look(70_025, 70_025);
    list.close();
    await desk.clock.pass(1_000);
    expect(desk.commands.lists).toHaveLength(0);
  });
});

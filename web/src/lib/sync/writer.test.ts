import { describe, expect, it } from '@jest/globals';

import type { Ticket } from '#contract/ticket';

import { NetworkError } from '../api/errors.js';
import { MemoryShelf } from './memory-outbox.js';
import { Desk } from './testing/desk.js';
import { listOf } from './testing/fake-commands.js';
import { refusal } from './testing/problems.js';
import { cursorAt, deleted, envelopeOf, OTHER_EPOCH, rowOf, ticketOf, updated } from './testing/tickets.js';

const down = () => new NetworkError('down');
const shown = ({ client }: Desk, id = 1) => {
  const view = client.view(id);
  return view && [view.row.status, view.row.version, view.pending.join()];
};
const event = (id: number, fields: Partial<Ticket>) => envelopeOf(id - 1, [updated(id, rowOf(1, fields))]);

describe('a change of a ticket', () => {
  it('[P1] is shown at once, as pending', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void desk.client.patch(1, { status: 'closed', assignee: { id: 'p1', name: 'Ada' } });
    expect(shown(desk)).toEqual(['closed', 1, 'status,assignee']);
    expect(desk.commands.patches[0]).toBeUndefined();
    await desk.clock.pass(0);
    expect(desk.commands.patches[0]?.asked).toEqual({
      id: 1,
      patch: { status: 'closed', assignee: 'p1', base_version: 1, op_id: 'op-1' },
    });
  });

  it('[P1] takes the description too, and sends nobody as null', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void desk.client.patch(1, { description: 'New', assignee: null });
    await desk.clock.pass(0);
    expect(desk.client.view(1)?.description).toBe('New');
    expect(desk.commands.patches[0]?.asked.patch).toMatchObject({ description: 'New', assignee: null });
  });

  it("[P2] lies over whatever is confirmed: others' fields show", async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void desk.client.patch(1, { status: 'closed' });
    desk.transport.listener.feed(event(11, { version: 2, priority: 'high', status: 'resolved' }));
    expect(shown(desk)).toEqual(['closed', 2, 'status']);
    expect(desk.client.view(1)?.row.priority).toBe('high');
  });

  it('[P3] is settled by the answer when that comes first', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    const change = desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    const answer = ticketOf(1, { version: 2, status: 'closed' });
    await desk.commands.patches[0]!.answer(answer);
    expect(await change).toBe(answer);
    expect(shown(desk)).toEqual(['closed', 2, '']);
    desk.transport.listener.feed(event(11, { version: 2, status: 'closed' }));
    expect(shown(desk)).toEqual(['closed', 2, '']);
  });

  it('[P3] is settled by the answer when the event came first', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    desk.transport.listener.feed(event(11, { version: 2, status: 'closed' }));
    desk.transport.listener.feed(event(12, { version: 3, status: 'resolved' }));
    expect(shown(desk)).toEqual(['closed', 3, 'status']);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    expect(shown(desk)).toEqual(['resolved', 3, '']);
  });

  it('[P3] waits for its version when the answer cannot be merged', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    const list = desk.client.list({});
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 10));
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    desk.transport.listener.reset({ reason: 'expired' });
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    expect(shown(desk)).toEqual(['closed', 1, 'status']);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 50));
    expect(shown(desk)).toEqual(['closed', 1, 'status']);
    desk.transport.ack('resume', cursorAt(50));
    desk.transport.listener.feed(event(51, { version: 2, status: 'closed' }));
    expect(shown(desk)).toEqual(['closed', 2, '']);
    expect(list.state.value.current).toEqual([1]);
  });

  it('[P3] left over by an earlier page, is settled by a read when it was answered after the first list', async () => {
    const shelf = new MemoryShelf();
    const before = await Desk.live([ticketOf(1)], { me: 'p1', outbox: shelf.tab() });
    void before.client.patch(1, { status: 'closed' });
    await before.clock.pass(0);
    await before.commands.patches[0]!.fail(down());
    before.client.close();
    const desk = new Desk({ me: 'p1', outbox: shelf.tab() });
    const list = desk.client.list({});
    await desk.clock.pass(0);
    expect(desk.commands.patches).toHaveLength(1);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 10));
    expect(shown(desk)).toEqual(['closed', 1, 'status']);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    expect(desk.client.status.value.unanswered).toBe(0);
    expect(shown(desk)).toEqual(['closed', 1, 'status']);
    await desk.commands.tickets[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    expect(shown(desk)).toEqual(['closed', 2, '']);
    list.close();
  });

  it('[P3] that changes nothing is settled at once', async () => {
    const desk = await Desk.live([ticketOf(1, { version: 4 })]);
    void desk.client.patch(1, { status: 'open' });
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 4 }));
    expect(shown(desk)).toEqual(['open', 4, '']);
  });

  it('[P4] is taken back when refused, and the caller gets the problem', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    const change = desk.client.patch(1, { status: 'closed' });
    const current = ticketOf(1, { version: 3, status: 'resolved' });
    const problem = refusal(409, 'conflict', { ticket: current });
    const rejected = expect(change).rejects.toBe(problem);
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(problem);
    await rejected;
    expect(shown(desk)).toEqual(['resolved', 3, '']);
    expect(desk.client.status.value.unanswered).toBe(0);
  });

  it('[P4] of a ticket that is gone meanwhile is refused, and the ticket stays gone', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    const change = desk.client.patch(1, { status: 'closed' });
    const rejected = expect(change).rejects.toMatchObject({ code: 'gone' });
    await desk.clock.pass(0);
    desk.transport.listener.feed(envelopeOf(10, [deleted(11, 1, 2)]));
    expect(shown(desk)).toBeUndefined();
    await desk.commands.patches[0]!.fail(refusal(410, 'gone'));
    await rejected;
    expect(shown(desk)).toBeUndefined();
  });
});

describe('without an answer', () => {
  it('[P5] sends the very same again, after growing delays, and counts it as waiting', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    expect(desk.client.status.value).toMatchObject({ unanswered: 1, waiting: 0 });
    const first = desk.commands.patches[0]!.asked;
    for (const [failure, delay] of [
      [down(), 375],
      [refusal(503, 'unavailable'), 750],
      [down(), 1_500],
    ] as const) {
      await desk.commands.patches[0]!.fail(failure);
      expect(desk.client.status.value).toMatchObject({ unanswered: 1, waiting: 1 });
      await desk.clock.pass(delay - 1);
      expect(desk.commands.patches).toHaveLength(0);
      await desk.clock.pass(1);
      expect(desk.commands.patches[0]!.asked).toEqual(first);
    }
    expect(shown(desk)).toEqual(['closed', 1, 'status']);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    expect(desk.client.status.value).toMatchObject({ unanswered: 0, waiting: 0 });
  });

  it('[P5] waits as long as the server says', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    const problem = Object.assign(refusal(429, 'rate_limited'), { retryAfterMs: 60_000 });
    await desk.commands.patches[0]!.fail(problem);
    await desk.clock.pass(59_999);
    expect(desk.commands.patches).toHaveLength(0);
    await desk.clock.pass(1);
    expect(desk.commands.patches).toHaveLength(1);
  });

  it('[P5] tries at once when the feed opens', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    desk.transport.listener.disconnected(true);
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(down());
    desk.transport.listener.connected();
    desk.transport.ack('resume', cursorAt(10));
    await desk.clock.pass(0);
    expect(desk.commands.patches).toHaveLength(1);
    await desk.clock.pass(10_000);
    expect(desk.commands.patches).toHaveLength(1);
  });

  it('[P5] does not bring back what an answer stored long ago says of a ticket deleted since', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(down());
    desk.transport.listener.feed(
      envelopeOf(10, [updated(11, rowOf(1, { version: 2, status: 'closed' })), deleted(12, 1, 3)]),
    );
    await desk.clock.pass(375);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    expect(shown(desk)).toBeUndefined();
    expect(desk.client.status.value.unanswered).toBe(0);
  });
});

describe('several changes', () => {
  it('[P6] of one ticket go one after the other, of two side by side', async () => {
    const desk = await Desk.live([ticketOf(1), ticketOf(2)]);
    void desk.client.patch(1, { status: 'in_progress' });
    void desk.client.patch(1, { status: 'closed' });
    void desk.client.patch(2, { status: 'resolved' });
    await desk.clock.pass(0);
    expect(shown(desk)).toEqual(['closed', 1, 'status']);
    expect(desk.commands.patches.map(({ asked }) => [asked.id, asked.patch.status])).toEqual([
      [1, 'in_progress'],
      [2, 'resolved'],
    ]);
    expect(desk.client.status.value.unanswered).toBe(3);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'in_progress' }));
    expect(shown(desk)).toEqual(['closed', 2, 'status']);
    // Based on the change before, so that it does not conflict with it.
    expect(desk.commands.patches[1]?.asked.patch).toEqual({
      status: 'closed',
      base_version: 2,
      op_id: 'op-2',
    });
  });

  it('[P5] behind one that is held up are held up too', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void desk.client.patch(1, { status: 'in_progress' });
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(down());
    expect(desk.client.status.value).toMatchObject({ unanswered: 2, waiting: 2 });
  });

  it('[P6] go on after a refused one', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    const refused = expect(desk.client.patch(1, { status: 'closed' })).rejects.toThrow();
    void desk.client.patch(1, { priority: 'high' });
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(refusal(400, 'invalid'));
    await refused;
    expect(desk.commands.patches[0]?.asked.patch).toMatchObject({ priority: 'high', base_version: 1 });
    expect(shown(desk)).toEqual(['open', 1, 'priority']);
  });
});

describe('a delete', () => {
  it('[P8] hides the ticket until its event has come', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void desk.client.delete(1);
    await desk.clock.pass(0);
    expect(shown(desk)).toBeUndefined();
    await desk.commands.deletes[0]!.answer();
    desk.transport.listener.feed(event(11, { version: 2 }));
    expect(shown(desk)).toBeUndefined();
    desk.transport.listener.feed(envelopeOf(11, [deleted(12, 1, 3)]));
    expect(shown(desk)).toBeUndefined();
    expect([...desk.client.ids()]).toEqual([]);
  });

  it('[P8] shows it again when refused', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    const rejected = expect(desk.client.delete(1)).rejects.toMatchObject({ code: 'forbidden' });
    await desk.clock.pass(0);
    await desk.commands.deletes[0]!.fail(refusal(403, 'forbidden'));
    await rejected;
    expect(shown(desk)).toEqual(['open', 1, '']);
  });

  it('[P8] of what is gone already has succeeded', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    const gone = desk.client.delete(1);
    await desk.clock.pass(0);
    await desk.commands.deletes[0]!.fail(down());
    await desk.clock.pass(375);
    await desk.commands.deletes[0]!.fail(refusal(410, 'gone'));
    await expect(gone).resolves.toBeUndefined();
    expect(shown(desk)).toBeUndefined();
  });
});

describe('another history', () => {
  it('[P9] lets go of what was answered in the old one', async () => {
    const desk = await Desk.live([ticketOf(1, { version: 4 })]);
    const list = desk.client.list({});
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1, { version: 4 })], 10));
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    desk.transport.listener.reset({ reason: 'another history' });
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 5, status: 'closed' }));
    const asOf = cursorAt(3, OTHER_EPOCH);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1, { version: 2 })], 3, { as_of: asOf }));
    expect(shown(desk)).toEqual(['open', 2, '']);
    list.close();
  });

  it('[P9] lets go of what is answered after it began', async () => {
    const desk = await Desk.live([ticketOf(1, { version: 4 })]);
    const list = desk.client.list({});
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1, { version: 4 })], 10));
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    desk.transport.listener.reset({ reason: 'another history' });
    const asOf = cursorAt(3, OTHER_EPOCH);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1, { version: 2 })], 3, { as_of: asOf }));
    expect(shown(desk)).toEqual(['closed', 2, 'status']);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 5, status: 'closed' }));
    expect(shown(desk)).toEqual(['open', 2, '']);
    list.close();
  });
});

describe('a claim', () => {
  const ada = { id: 'p1', name: 'Ada' };
  const taken = (version = 2) => ticketOf(1, { version, assignee: ada });

  it('[P10] is shown at once, and sent until it is answered', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    const claimed = desk.client.claim(1, ada);
    expect(desk.client.view(1)).toMatchObject({ row: { assignee: ada, version: 1 }, pending: ['assignee'] });
    await desk.clock.pass(0);
    await desk.commands.claims[0]!.fail(down());
    expect(desk.client.status.value.waiting).toBe(1);
    await desk.clock.pass(10_000);
    await desk.commands.claims[0]!.answer(taken());
    expect(await claimed).toEqual(taken());
    expect(desk.client.view(1)).toMatchObject({ row: { assignee: ada, version: 2 }, pending: [] });
  });

  it('[P10] lost to somebody else is taken back, and tells to whom', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    const holder = { id: 'p2', name: 'Bob' };
    const lost = expect(desk.client.claim(1, ada)).rejects.toMatchObject({ holder });
    await desk.clock.pass(0);
    const ticket = ticketOf(1, { version: 2, assignee: holder });
    await desk.commands.claims[0]!.fail(refusal(409, 'already_claimed', { holder, ticket }));
    await lost;
    expect(desk.client.view(1)).toMatchObject({ row: { assignee: holder, version: 2 }, pending: [] });
    expect(desk.client.conflicts.value).toEqual([]);
    expect(desk.client.lastAct).toBeUndefined();
  });

  it('[P10] is the base of what is changed behind it, and can be taken back', async () => {
    const desk = await Desk.live([ticketOf(1)], { me: ada.id });
    void desk.client.claim(1, ada, 'claim');
    void desk.client.patch(1, { status: 'in_progress' });
    await desk.clock.pass(0);
    expect(desk.commands.patches).toHaveLength(0);
    await desk.commands.claims[0]!.answer(taken());
    expect(desk.commands.patches[0]?.asked.patch).toMatchObject({ base_version: 2 });
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 3, status: 'in_progress', assignee: ada }));
    void desk.client.undo('claim');
    await desk.clock.pass(0);
    expect(desk.commands.patches[0]?.asked.patch).toMatchObject({ assignee: null, base_version: 2 });
  });

  it('[U3] of what one had already cannot be taken back', async () => {
    const desk = await Desk.live([ticketOf(1)], { me: ada.id });
    void desk.client.claim(1, ada);
    await desk.clock.pass(0);
    await desk.commands.claims[0]!.answer(taken(1));
    expect(desk.client.lastAct).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';

import type { Ticket } from '#contract/ticket';

import { NetworkError } from '../api/errors.js';
import { Desk } from './testing/desk.js';
import { settled } from './testing/fake-clock.js';
import { listOf } from './testing/fake-commands.js';
import { refusal } from './testing/problems.js';
import {
  created,
  cursorAt,
  deleted,
  envelopeOf,
  OTHER_EPOCH,
  rowOf,
  ticketOf,
  updated,
} from './testing/tickets.js';

/** Reads one list, or one ticket, once. */
function readList({ client, commands }: Desk, signal?: AbortSignal) {
  const source = {
    fetch: () => commands.listTickets({}),
    snapshot: (page: Awaited<ReturnType<typeof commands.listTickets>>) => ({
      asOf: page.as_of,
      tickets: page.results,
    }),
    givesPosition: true,
  };
  return client.read(source, signal);
}

function readTicket({ client, commands }: Desk, id = 1) {
  const source = {
    fetch: () => commands.getTicket(id),
    snapshot: (ticket: Ticket) => ({ asOf: null, tickets: [ticket] }),
    givesPosition: false,
  };
  return client.read(source);
}

const versionOf = ({ client }: Desk, id = 1) => client.view(id)?.row.version;

describe('a placed answer', () => {
  it('[K2] gets the events that it missed', async () => {
    const desk = await Desk.live();
    void readList(desk);
    desk.transport.listener.feed(
      envelopeOf(10, [updated(12, rowOf(1, { version: 2 })), deleted(13, 2, 2), created(14, rowOf(4))]),
    );
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1), ticketOf(2), ticketOf(3)], 11));
    expect([...desk.client.ids()].sort()).toEqual([1, 3, 4]);
    expect(versionOf(desk)).toBe(2);
    expect(desk.client.view(1)?.description).toBe('Description of 1');
  });

  it('[K2] may be ahead of the position: what comes later is skipped, but deletes', async () => {
    const desk = await Desk.live();
    void readList(desk);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1, { version: 3 }), ticketOf(2)], 15));
    desk.transport.listener.feed(envelopeOf(10, [updated(12, rowOf(1, { version: 2 }))]));
    expect(versionOf(desk)).toBe(3);
    desk.transport.listener.feed(envelopeOf(12, [deleted(20, 1, 4)]));
    expect(versionOf(desk)).toBeUndefined();
  });

  it('[K3] is asked for again when it is older than what is kept', async () => {
    const desk = await Desk.live([ticketOf(1, { version: 5 })]);
    desk.transport.listener.feed(envelopeOf(10, [deleted(11, 1, 6)]));
    void readList(desk);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1, { version: 5 })], 10));
    expect(versionOf(desk)).toBeUndefined();
    expect(desk.commands.lists).toHaveLength(0);
    await desk.clock.pass(100);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(2)], 11));
    expect([...desk.client.ids()]).toEqual([2]);
  });

  it('[K3] is not, when an older read still keeps them', async () => {
    const desk = await Desk.live();
    void readTicket(desk, 9);
    desk.transport.listener.feed(envelopeOf(10, [deleted(11, 1, 6)]));
    void readList(desk);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1), ticketOf(2)], 10));
    expect([...desk.client.ids()]).toEqual([2]);
  });

  it('[K4] of another epoch asks what the server thinks of the position', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void readList(desk);
    const answer = listOf([ticketOf(2)], 3, { as_of: cursorAt(3, OTHER_EPOCH) });
    await desk.commands.lists[0]!.answer(answer);
    expect(desk.transport.asked).toEqual([10, 10]);
    expect([...desk.client.ids()]).toEqual([1]);
    desk.transport.ack('reset', cursorAt(3, OTHER_EPOCH));
    await desk.clock.pass(100);
    await desk.commands.lists[0]!.answer(answer);
    expect(desk.client.position).toEqual(cursorAt(3, OTHER_EPOCH));
    expect([...desk.client.ids()]).toEqual([2]);
  });

  it('[K5] of a read that began before a reset is asked for again', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void readList(desk);
    desk.transport.listener.reset({ reason: 'expired' });
    await desk.commands.lists[0]!.answer(listOf([ticketOf(2)], 10));
    expect(desk.client.position).toBeUndefined();
    await desk.clock.pass(100);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(2)], 50));
    expect(desk.client.position?.id).toBe(50);
  });

  it('[K6] moors; another one of the same time is merged where it fits', async () => {
    const desk = new Desk();
    void readList(desk);
    void readList(desk);
    desk.transport.listener.connected();
    await desk.commands.lists[1]!.answer(listOf([ticketOf(1)], 10));
    desk.transport.ack('resume', cursorAt(10));
    desk.transport.listener.feed(envelopeOf(10, [updated(11, rowOf(1, { version: 2 })), deleted(12, 2, 2)]));
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1), ticketOf(2), ticketOf(3)], 10));
    expect([...desk.client.ids()].sort()).toEqual([1, 3]);
    expect(versionOf(desk)).toBe(2);
  });

  it('[K3] is asked for again when it is older than the position of a mooring meanwhile', async () => {
    const desk = new Desk();
    void readList(desk);
    void readList(desk);
    await desk.commands.lists[1]!.answer(listOf([ticketOf(1)], 10));
    await desk.commands.lists[0]!.answer(listOf([ticketOf(2)], 9));
    expect([...desk.client.ids()]).toEqual([1]);
  });
});

describe('an unplaced answer', () => {
  it('[K7] gets all that came since its call began', async () => {
    const desk = await Desk.live();
    void readTicket(desk);
    desk.transport.listener.feed(envelopeOf(10, [updated(11, rowOf(1, { version: 4 }))]));
    await desk.commands.tickets[0]!.answer(ticketOf(1, { version: 3 }));
    expect(versionOf(desk)).toBe(4);
  });

  it('[K7] does not bring back what was deleted since', async () => {
    const desk = await Desk.live([ticketOf(1)]);
    void readTicket(desk);
    desk.transport.listener.feed(envelopeOf(10, [deleted(11, 1, 2)]));
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    expect(versionOf(desk)).toBeUndefined();
  });

  it('[K7] can be looked at while adrift, and is forgotten by the mooring', async () => {
    const desk = new Desk();
    void readTicket(desk);
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    expect(versionOf(desk)).toBe(1);
    desk.transport.listener.connected();
    desk.transport.ack('live', cursorAt(10));
    expect(versionOf(desk)).toBeUndefined();
  });

  it('[K7] is asked for again when the mooring came in between', async () => {
    const desk = new Desk();
    void readTicket(desk);
    desk.transport.listener.connected();
    desk.transport.ack('live', cursorAt(10));
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    expect(versionOf(desk)).toBeUndefined();
    await desk.clock.pass(100);
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    expect(versionOf(desk)).toBe(1);
  });
});

describe('failures', () => {
  it('[K9] end a read that does not want to try again', async () => {
    const desk = await Desk.live();
    const read = readList(desk);
    void desk.commands.lists[0]!.fail(new NetworkError('down'));
    await expect(read).rejects.toThrow('down');
  });

  it('[K9] are told, and tried again with growing delay, where the caller wants that', async () => {
    const desk = await Desk.live();
    const list = desk.client.list({});
    for (const delay of [75, 150, 300]) {
      const failure = new NetworkError('down');
      await desk.commands.lists[0]!.fail(failure);
      expect(list.state.value).toMatchObject({ phase: 'loading', problem: failure });
      await desk.clock.pass(delay - 1);
      expect(desk.commands.lists).toHaveLength(0);
      await desk.clock.pass(1);
      expect(desk.commands.lists).toHaveLength(1);
    }
    await desk.commands.lists[0]!.answer(listOf([], 10));
    expect(list.state.value).toMatchObject({ phase: 'ready', problem: undefined });
  });

  it('[K9] that do not pass end it', async () => {
    const desk = await Desk.live();
    const list = desk.client.list({});
    const failure = refusal(400, 'invalid');
    await desk.commands.lists[0]!.fail(failure);
    expect(list.state.value).toMatchObject({ phase: 'failed', problem: failure });
  });

  it('[K9] an aborted read merges nothing', async () => {
    const desk = await Desk.live();
    const controller = new AbortController();
    const read = readList(desk, controller.signal);
    controller.abort(new Error('left'));
    const rejected = expect(read).rejects.toThrow('left');
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 10));
    await rejected;
    await settled();
    expect([...desk.client.ids()]).toEqual([]);
  });
});

describe('forgetting', () => {
  it('[R7] waits for reads under way, which may want what came meanwhile', async () => {
    const desk = await Desk.live([], { mostTickets: 1 });
    const list = desk.client.list({});
    const events = [2, 3, 4].map((id) => created(9 + id, rowOf(id)));
    desk.transport.listener.feed(envelopeOf(10, events));
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 10));
    expect(list.state.value.current).toEqual([4, 3, 2, 1]);
  });

  it('[R7] forgets what nobody looks at', async () => {
    const closed = ticketOf(5, { status: 'closed' });
    const desk = await Desk.live([ticketOf(1), ticketOf(2), closed], { mostTickets: 1 });
    const ticket = desk.client.ticket(2);
    const list = desk.client.list({ status: ['closed'] });
    await desk.commands.lists[0]!.answer(listOf([closed], 10));
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(4))]));
    expect([...desk.client.ids()].sort()).toEqual([2, 5]);
    ticket.close();
    desk.transport.listener.feed(envelopeOf(11, [created(12, rowOf(6))]));
    expect([...desk.client.ids()]).toEqual([5]);
    expect(list.state.value.current).toEqual([5]);
  });
});

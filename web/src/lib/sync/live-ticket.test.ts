import { describe, expect, it } from '@jest/globals';

import { NetworkError } from '../api/errors.js';
import { Desk } from './testing/desk.js';
import { refusal } from './testing/problems.js';
import { created, cursorAt, deleted, envelopeOf, rowOf, ticketOf, updated } from './testing/tickets.js';

describe('[L8] a ticket', () => {
  async function look(known: boolean) {
    const desk = await Desk.live(known ? [ticketOf(1)] : []);
    return { desk, ticket: desk.client.ticket(1) };
  }

  it('is read when it is not known', async () => {
    const { desk, ticket } = await look(false);
    expect(ticket.state.value).toMatchObject({ phase: 'loading', view: undefined });
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    expect(ticket.state.value).toMatchObject({ phase: 'ready', view: { description: 'Description of 1' } });
  });

  it('[K10] is read once where the connection is still being made', async () => {
    const desk = new Desk();
    const ticket = desk.client.ticket(1);
    expect(desk.commands.tickets).toHaveLength(0);
    desk.transport.listener.connected();
    desk.transport.ack('live', cursorAt(10));
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    await desk.clock.pass(5_000);
    expect(ticket.state.value).toMatchObject({ phase: 'ready', view: { row: { id: 1 } } });
    expect(desk.commands.tickets).toHaveLength(0);
  });

  it('is not, when its description is known', async () => {
    const { desk, ticket } = await look(true);
    expect(desk.commands.tickets).toHaveLength(0);
    expect(ticket.state.value.view?.description).toBe('Description of 1');
  });

  it('is read again when somebody wrote another description', async () => {
    const { desk, ticket } = await look(true);
    desk.transport.listener.feed(envelopeOf(10, [updated(11, rowOf(1, { version: 2 }), ['description'])]));
    expect(ticket.state.value).toMatchObject({ phase: 'ready', view: { description: undefined } });
    await desk.commands.tickets[0]!.answer(ticketOf(1, { version: 2, description: 'New' }));
    expect(ticket.state.value.view?.description).toBe('New');
    expect(desk.commands.tickets).toHaveLength(0);
  });

  it('is read once more when that happened during a read', async () => {
    const { desk, ticket } = await look(false);
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1))]));
    desk.transport.listener.feed(envelopeOf(11, [updated(12, rowOf(1, { version: 2 }), ['description'])]));
    expect(desk.commands.tickets).toHaveLength(1);
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    expect(ticket.state.value.view?.description).toBeUndefined();
    await desk.commands.tickets[0]!.answer(ticketOf(1, { version: 2, description: 'New' }));
    expect(ticket.state.value.view?.description).toBe('New');
  });

  it('is gone after its delete, and shows how it last was', async () => {
    const { desk, ticket } = await look(true);
    desk.transport.listener.feed(envelopeOf(10, [deleted(11, 1, 2)]));
    expect(ticket.state.value).toMatchObject({ phase: 'gone', view: { row: { title: 'Ticket 1' } } });
  });

  it('is gone while it is deleted here, and back when that is refused', async () => {
    const { desk, ticket } = await look(true);
    const refused = expect(desk.client.delete(1)).rejects.toThrow();
    expect(ticket.state.value.phase).toBe('gone');
    await desk.clock.pass(0);
    await desk.commands.deletes[0]!.fail(refusal(403, 'forbidden'));
    await refused;
    expect(ticket.state.value.phase).toBe('ready');
  });

  it('is gone when it was deleted here while it was read', async () => {
    const { desk, ticket } = await look(false);
    void desk.client.delete(1);
    expect(ticket.state.value.phase).toBe('loading');
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    expect(ticket.state.value.phase).toBe('gone');
  });

  it.each([404, 410])(
    'is gone when the server says %i, whatever the feed behind still says',
    async (status) => {
      const { desk, ticket } = await look(false);
      await desk.commands.tickets[0]!.fail(refusal(status, 'gone'));
      expect(ticket.state.value.phase).toBe('gone');
      desk.transport.listener.feed(envelopeOf(10, [updated(11, rowOf(1, { version: 2 }))]));
      expect(ticket.state.value.phase).toBe('gone');
    },
  );

  it('that is there again, since a backup came back, follows the feed again', async () => {
    const { desk, ticket } = await look(false);
    await desk.commands.tickets[0]!.fail(refusal(410, 'gone'));
    void ticket.refresh();
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    expect(ticket.state.value.phase).toBe('ready');
    desk.transport.listener.feed(envelopeOf(10, [deleted(11, 1, 2)]));
    expect(ticket.state.value.phase).toBe('gone');
  });

  it('is read again after mooring, and shown as it was until then', async () => {
    const { desk, ticket } = await look(true);
    desk.transport.listener.reset({ reason: 'expired' });
    desk.transport.ack('live', cursorAt(50));
    expect(ticket.state.value).toMatchObject({ phase: 'ready', view: { row: { version: 1 } } });
    await desk.commands.tickets[0]!.answer(ticketOf(1, { version: 4 }));
    expect(ticket.state.value.view?.row.version).toBe(4);
  });

  it('tells a failure, and can be read again', async () => {
    const { desk, ticket } = await look(false);
    await desk.commands.tickets[0]!.fail(refusal(500, 'internal'));
    expect(ticket.state.value).toMatchObject({ phase: 'failed', problem: { status: 500 } });
    void ticket.refresh();
    await desk.commands.tickets[0]!.answer(ticketOf(1));
    expect(ticket.state.value).toMatchObject({ phase: 'ready', problem: undefined });
  });

  it('once closed asks no more', async () => {
    const { desk, ticket } = await look(false);
    ticket.close();
    expect(desk.commands.tickets[0]!.signal?.aborted).toBe(true);
    await desk.commands.tickets[0]!.fail(new NetworkError('aborted'));
    await desk.clock.pass(10_000);
    expect(desk.commands.tickets).toHaveLength(0);
    expect(ticket.state.value.phase).toBe('loading');
  });
});

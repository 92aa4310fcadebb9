import { describe, expect, it } from '@jest/globals';

import type { Ticket } from '#contract/ticket';

import { NetworkError } from '../api/errors.js';
import { DiscardedError } from './sender.js';
import { Desk } from './testing/desk.js';
import { refusal } from './testing/problems.js';
import { envelopeOf, rowOf, ticketOf, updated } from './testing/tickets.js';

type Fields = Partial<Pick<Ticket, 'status' | 'title'>>;

/** A desk on which this person has made a change, answered as version 2. */
async function changed(fields: Fields = { status: 'closed' }) {
  const desk = await Desk.live([ticketOf(1)], { me: 'p1' });
  const change = desk.client.patch(1, fields);
  await desk.clock.pass(0);
  await desk.commands.patches[0]!.answer(ticketOf(1, { ...fields, version: 2 }));
  return { desk, made: await change };
}

const event = (id: number, version: number, by: string, fields: Fields) => {
  const one = updated(id, rowOf(1, { ...fields, version }), Object.keys(fields));
  return envelopeOf(id - 1, [{ ...one, actor: { kind: 'agent', id: by, name: by } }]);
};

const touched = (field: string, theirs: unknown) => ({
  field,
  base: 'x',
  yours: 'y',
  theirs,
  by: 'Bob',
  at: '2026-11-21T09:00:00.000Z',
});

describe('[U4] what waits for the connection', () => {
  it('is given up first, the last before the one before; what takes back stays', async () => {
    const { desk } = await changed();
    void desk.client.undo();
    const claimed = desk.client.claim(2, { id: 'p1', name: 'Ada' });
    const kept = desk.client.patch(3, { priority: 'high' });
    void desk.client.comment(1, { body: 'Not lost', internal: true });
    expect(desk.client.discardLast()).toBeUndefined();
    await desk.clock.pass(0);
    for (const [call] of [desk.commands.patches, desk.commands.claims, desk.commands.patches]) {
      await call!.fail(new NetworkError('down'));
    }
    const dropped = [claimed, kept].map((change) => expect(change).rejects.toThrow(DiscardedError));
    expect(desk.client.discardLast()).toMatchObject({ ticketId: 3 });
    expect(desk.client.discardLast()).toMatchObject({ ticketId: 2, write: { kind: 'claim' } });
    expect(desk.client.discardLast()).toBeUndefined();
    expect(desk.client.unsent.value.map(({ write }) => write.kind)).toEqual(['patch', 'comment']);
    await Promise.all(dropped);
  });
});

describe('[U1] taking back', () => {
  it('restores what was there, based on the version that the change made', async () => {
    const { desk, made } = await changed();
    expect(desk.client.undoable.value).toMatchObject({ ticketId: 1, before: { status: 'open' } });
    const undone = desk.client.undo(made);
    expect(desk.client.view(1)?.row.status).toBe('open');
    await desk.clock.pass(0);
    expect(desk.commands.patches[0]?.asked.patch).toEqual({
      status: 'open',
      base_version: 2,
      op_id: 'op-2',
    });
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 3 }));
    expect(await undone).toMatchObject({ ticket: { version: 3 }, touched: [] });
  });

  it('takes the last change when none is named, and each once', async () => {
    const { desk, made } = await changed();
    void desk.client.undo();
    expect(desk.client.undoable.value).toBeUndefined();
    expect(await desk.client.undo(made)).toBeUndefined();
    expect(await desk.client.undo()).toBeUndefined();
  });

  it('stays based on that change, whatever is sent before it', async () => {
    const { desk, made } = await changed();
    void desk.client.patch(1, { status: 'resolved' });
    void desk.client.undo(made);
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 3, status: 'resolved' }));
    expect(desk.commands.patches[0]?.asked.patch).toMatchObject({ status: 'open', base_version: 2 });
  });
});

describe('[U2] a field touched since', () => {
  it('is left as it is and told, the others are restored', async () => {
    const { desk, made } = await changed({ status: 'closed', title: 'Mine' });
    const undone = desk.client.undo(made);
    await desk.clock.pass(0);
    const current = ticketOf(1, { version: 5, status: 'resolved', title: 'Mine' });
    const conflicts = [touched('status', 'resolved')];
    await desk.commands.patches[0]!.fail(refusal(409, 'conflict', { ticket: current, conflicts }));
    expect(desk.client.view(1)?.row).toMatchObject({ status: 'resolved', title: 'Ticket 1' });
    expect(desk.commands.patches[0]?.asked.patch).toEqual({
      title: 'Ticket 1',
      base_version: 2,
      op_id: 'op-3',
    });
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 6, status: 'resolved' }));
    expect(await undone).toMatchObject({ touched: conflicts, ticket: { status: 'resolved' } });
    expect(desk.client.conflicts.value).toEqual([]);
  });

  it('when it is the only one, leaves nothing to send', async () => {
    const { desk, made } = await changed();
    const undone = desk.client.undo(made);
    await desk.clock.pass(0);
    const current = ticketOf(1, { version: 5, status: 'resolved' });
    const conflicts = [touched('status', 'resolved')];
    await desk.commands.patches[0]!.fail(refusal(409, 'conflict', { ticket: current, conflicts }));
    expect(await undone).toEqual({ ticket: current, touched: conflicts });
    expect(desk.commands.patches).toHaveLength(0);
    expect(desk.client.view(1)).toMatchObject({ row: { status: 'resolved' }, pending: [] });
    expect(desk.client.status.value.unanswered).toBe(0);
  });
});

describe('[U3] what was no change', () => {
  it('of a version that is not new cannot be taken back', async () => {
    const desk = await Desk.live([ticketOf(1)], { me: 'p1' });
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1));
    expect(desk.client.undoable.value).toBeUndefined();
  });

  it.each(['before', 'after'])(
    'since somebody else had set the same, cannot, as their event %s the answer says',
    async (when) => {
      const desk = await Desk.live([ticketOf(1)], { me: 'p1' });
      void desk.client.patch(1, { status: 'closed' });
      await desk.clock.pass(0);
      const theirs = event(11, 2, 'p2', { status: 'closed' });
      if (when === 'before') desk.transport.listener.feed(theirs);
      await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
      if (when === 'after') desk.transport.listener.feed(theirs);
      expect(desk.client.undoable.value).toBeUndefined();
    },
  );

  it('of some fields is left out', async () => {
    const { desk } = await changed({ status: 'closed', title: 'Mine' });
    desk.transport.listener.feed(event(11, 2, 'p1', { title: 'Mine' }));
    expect(desk.client.undoable.value?.before).toEqual({ title: 'Ticket 1' });
  });
});

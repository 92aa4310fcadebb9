import { describe, expect, it } from '@jest/globals';

import type { Ticket } from '#contract/ticket';

import { NetworkError } from '../api/errors.js';
import { MemoryShelf } from './memory-outbox.js';
import { DiscardedError } from './sender.js';
import { Desk, type DeskOptions } from './testing/desk.js';
import { refusal } from './testing/problems.js';
import { envelopeOf, rowOf, ticketOf, updated } from './testing/tickets.js';

type Fields = Partial<Pick<Ticket, 'status' | 'title' | 'priority'>>;

const TICKETS = [ticketOf(1), ticketOf(2), ticketOf(3)];
const liveDesk = (options: DeskOptions = {}) => Desk.live(TICKETS, { me: 'p1', ...options });

/** A desk on which this person has changed the first ticket, answered as version 2. */
async function changed(fields: Fields = { status: 'closed' }) {
  const desk = await liveDesk();
  void desk.client.patch(1, fields, 'act');
  await answerAll(desk);
  return desk;
}

/** The server takes everything that is under way, as it is shown: each change makes a version. */
async function answerAll({ client, clock, commands }: Desk): Promise<void> {
  await clock.pass(0);
  for (let call = commands.patches[0]; call; call = commands.patches[0]) {
    const { id, patch } = call.asked;
    const { op_id: _, base_version: __, assignee: ___, ...fields } = patch;
    const { row } = client.view(id)!;
    await call.answer(ticketOf(id, { ...row, ...fields, version: row.version + 1 }));
    await clock.pass(0);
  }
}

async function loseAll({ clock, commands }: Desk): Promise<void> {
  await clock.pass(0);
  for (const call of [...commands.patches, ...commands.claims]) await call.fail(new NetworkError('down'));
}

/** Changes the status of all three tickets in one act. Their ends are nobody's business. */
function closeAll({ client }: Desk, act = 'many'): void {
  for (const { id } of TICKETS) client.patch(id, { status: 'closed' }, act).catch(() => undefined);
}

const asked = ({ commands }: Desk) => commands.patches.map((call) => call.asked);
const statuses = ({ client }: Desk) => TICKETS.map(({ id }) => client.view(id)?.row.status);

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

/** What the server says when Bob has resolved the ticket since. */
const since = (id: number, fields: Fields = {}) => {
  const ticket = ticketOf(id, { ...fields, version: 5, status: 'resolved' });
  return refusal(409, 'conflict', { ticket, conflicts: [touched('status', 'resolved')] });
};

describe('[U1] taking back', () => {
  it('restores what was there, based on the version that the change made', async () => {
    const desk = await changed();
    const undone = desk.client.undo('act');
    expect(desk.client.view(1)?.row.status).toBe('open');
    await desk.clock.pass(0);
    expect(asked(desk)[0]?.patch).toEqual({ status: 'open', base_version: 2, op_id: 'op-2' });
    await answerAll(desk);
    expect(await undone).toEqual([{ ticketId: 1, fields: ['status'], touched: [] }]);
  });

  it('stays based on that change, whatever else is sent before it', async () => {
    const desk = await changed();
    void desk.client.patch(1, { status: 'resolved' });
    void desk.client.undo('act');
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 3, status: 'resolved' }));
    expect(asked(desk)[0]?.patch).toMatchObject({ status: 'open', base_version: 2 });
  });

  it.each([['answered'], ['on its way']])(
    'goes on to the change before, when taking back the one after is %s',
    async (how) => {
      const desk = await changed({ status: 'in_progress' });
      void desk.client.patch(1, { status: 'closed' });
      await answerAll(desk);
      void desk.client.undo(desk.client.lastAct!);
      if (how === 'answered') await answerAll(desk);
      void desk.client.undo(desk.client.lastAct!);
      expect(desk.client.view(1)?.row.status).toBe('open');
      if (how !== 'answered') {
        await desk.clock.pass(0);
        await desk.commands.patches[0]!.answer(ticketOf(1, { version: 4, status: 'in_progress' }));
      }
      await desk.clock.pass(0);
      expect(asked(desk)[0]?.patch).toMatchObject({ status: 'open', base_version: 4 });
    },
  );

  it('does not go on over what somebody else had set in between', async () => {
    const desk = await changed({ status: 'in_progress' });
    desk.transport.listener.feed(event(11, 3, 'p2', { status: 'resolved' }));
    void desk.client.patch(1, { status: 'closed' });
    await answerAll(desk);
    void desk.client.undo(desk.client.lastAct!);
    await answerAll(desk);
    void desk.client.undo(desk.client.lastAct!);
    await desk.clock.pass(0);
    expect(asked(desk)[0]?.patch).toMatchObject({ status: 'open', base_version: 2 });
  });
});

describe('[U2] a field touched since', () => {
  it('is left as it is and told, the others are restored', async () => {
    const desk = await changed({ status: 'closed', title: 'Mine' });
    const undone = desk.client.undo('act');
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(since(1, { title: 'Mine' }));
    expect(desk.client.view(1)?.row).toMatchObject({ status: 'resolved', title: 'Ticket 1' });
    expect(asked(desk)[0]?.patch).toEqual({ title: 'Ticket 1', base_version: 2, op_id: 'op-3' });
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 6, status: 'resolved' }));
    const fields = ['status', 'title'];
    expect(await undone).toEqual([{ ticketId: 1, fields, touched: [touched('status', 'resolved')] }]);
    expect(desk.client.conflicts.value).toEqual([]);
  });

  it('when it is the only one, leaves nothing to send', async () => {
    const desk = await changed();
    const undone = desk.client.undo('act');
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(since(1));
    expect(await undone).toMatchObject([{ touched: [touched('status', 'resolved')] }]);
    expect(desk.commands.patches).toHaveLength(0);
    expect(desk.client.view(1)).toMatchObject({ row: { status: 'resolved' }, pending: [] });
    expect(desk.client.status.value.unanswered).toBe(0);
  });

  it('of one ticket leaves the rest of the act to be taken back', async () => {
    const desk = await liveDesk();
    closeAll(desk);
    await answerAll(desk);
    const undone = desk.client.undo('many');
    await desk.clock.pass(0);
    await desk.commands.patches.find((call) => call.asked.id === 2)!.fail(since(2));
    await answerAll(desk);
    expect(statuses(desk)).toEqual(['open', 'resolved', 'open']);
    expect(await undone).toMatchObject([
      { ticketId: 1, touched: [] },
      { ticketId: 2, touched: [touched('status', 'resolved')] },
      { ticketId: 3, touched: [] },
    ]);
  });
});

describe('[U3] what was no change', () => {
  it('of a version that is not new cannot be taken back', async () => {
    const desk = await liveDesk();
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1));
    expect(desk.client.lastAct).toBeUndefined();
  });

  it.each(['before', 'after'])(
    'since somebody else had set the same, cannot, as their event %s the answer says',
    async (when) => {
      const desk = await liveDesk();
      void desk.client.patch(1, { status: 'closed' });
      await desk.clock.pass(0);
      const theirs = event(11, 2, 'p2', { status: 'closed' });
      if (when === 'before') desk.transport.listener.feed(theirs);
      await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
      if (when === 'after') desk.transport.listener.feed(theirs);
      expect(desk.client.lastAct).toBeUndefined();
    },
  );

  it('of some fields is left out', async () => {
    const desk = await changed({ status: 'closed', title: 'Mine' });
    desk.transport.listener.feed(event(11, 2, 'p1', { title: 'Mine' }));
    void desk.client.undo('act');
    await desk.clock.pass(0);
    expect(asked(desk)[0]?.patch).toEqual({ title: 'Ticket 1', base_version: 2, op_id: 'op-2' });
  });

  it('since it was refused, is no part of its act', async () => {
    const desk = await liveDesk();
    closeAll(desk);
    await desk.clock.pass(0);
    await desk.commands.patches.find((call) => call.asked.id === 2)!.fail(since(2));
    await answerAll(desk);
    const undone = desk.client.undo('many');
    await answerAll(desk);
    expect((await undone).map(({ ticketId }) => ticketId)).toEqual([1, 3]);
    expect(statuses(desk)).toEqual(['open', 'resolved', 'open']);
  });
});

describe('[U4] the last act', () => {
  it('is taken back as a whole, then the one before it', async () => {
    const desk = await liveDesk();
    closeAll(desk);
    await answerAll(desk);
    void desk.client.patch(2, { priority: 'high' });
    await answerAll(desk);
    void desk.client.undo(desk.client.lastAct!);
    await answerAll(desk);
    expect(desk.client.view(2)?.row).toMatchObject({ priority: 'low', status: 'closed' });
    expect(desk.client.lastAct).toBe('many');
    void desk.client.undo('many');
    await answerAll(desk);
    expect(statuses(desk)).toEqual(['open', 'open', 'open']);
    expect(desk.client.lastAct).toBeUndefined();
  });

  it('is that of the change made last, whichever was answered last', async () => {
    const desk = await liveDesk();
    void desk.client.patch(1, { status: 'closed' }, 'first');
    void desk.client.patch(2, { status: 'closed' }, 'second');
    expect(desk.client.lastAct).toBe('second');
    await desk.clock.pass(0);
    for (const call of desk.commands.patches.toReversed())
      await call.answer(ticketOf(call.asked.id, { version: 2, status: 'closed' }));
    expect(desk.client.lastAct).toBe('second');
  });

  it('while it waits for the connection is given up as a whole, and so is the one before', async () => {
    const desk = await changed();
    closeAll(desk);
    void desk.client.comment(1, { body: 'Not lost', internal: true });
    const claimed = desk.client.claim(3, { id: 'p1', name: 'Ada' }, 'claim');
    const dropped = expect(claimed).rejects.toThrow(DiscardedError);
    await loseAll(desk);
    expect(desk.client.lastAct).toBe('claim');
    await desk.client.undo('claim');
    expect(desk.client.lastAct).toBe('many');
    expect(await desk.client.undo('many')).toEqual(
      TICKETS.map(({ id }) => ({ ticketId: id, fields: ['status'], touched: [], isGivenUp: true })),
    );
    expect(statuses(desk)).toEqual(['closed', 'open', 'open']);
    expect(desk.client.unsent.value.map(({ write }) => write.kind)).toEqual(['comment']);
    expect(desk.client.lastAct).toBe('act');
    await loseAll(desk);
    await desk.clock.pass(10_000);
    await dropped;
  });

  it('is taken back where it was carried out, and given up where it waits', async () => {
    const desk = await liveDesk();
    closeAll(desk);
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    await loseAll(desk);
    const undone = desk.client.undo('many');
    expect(statuses(desk)).toEqual(['open', 'open', 'open']);
    await answerAll(desk);
    expect(await undone).toMatchObject([{ ticketId: 1 }, { isGivenUp: true }, { isGivenUp: true }]);
  });

  it('while it is under way is taken back once it is answered', async () => {
    const desk = await liveDesk();
    const change = desk.client.patch(1, { status: 'closed' }, 'act');
    const recalled = expect(change).rejects.toThrow(DiscardedError);
    await desk.clock.pass(0);
    const undone = desk.client.undo('act');
    expect(desk.client.lastAct).toBeUndefined();
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    await recalled;
    expect(asked(desk)[0]?.patch).toMatchObject({ status: 'open', base_version: 2 });
    await answerAll(desk);
    expect(await undone).toEqual([{ ticketId: 1, fields: ['status'], touched: [] }]);
  });

  it('while it is under way is given up as soon as the connection is lost', async () => {
    const desk = await liveDesk();
    desk.client.patch(1, { status: 'closed' }, 'act').catch(() => undefined);
    desk.client.patch(1, { priority: 'high' }, 'act').catch(() => undefined);
    await desk.clock.pass(0);
    const undone = desk.client.undo('act');
    await loseAll(desk);
    expect(await undone).toMatchObject([{ isGivenUp: true }, { isGivenUp: true }]);
    expect(desk.client.view(1)).toMatchObject({ row: { status: 'open', priority: 'low' }, pending: [] });
    expect(desk.client.unsent.value).toEqual([]);
  });

  it('is still one act on the next page, while it waits', async () => {
    const shelf = new MemoryShelf();
    const desk = await liveDesk({ outbox: shelf.tab() });
    closeAll(desk);
    await loseAll(desk);
    desk.client.close();
    const next = await liveDesk({ outbox: shelf.tab() });
    await next.client.restored;
    await loseAll(next);
    expect(next.client.lastAct).toBe('many');
    expect(await next.client.undo('many')).toHaveLength(3);
    expect(statuses(next)).toEqual(['open', 'open', 'open']);
    expect(shelf.entries).toEqual([]);
  });
});

describe('[U5] an act', () => {
  it('is taken back once', async () => {
    const desk = await changed();
    void desk.client.undo('act');
    expect(desk.client.lastAct).toBeUndefined();
    expect(await desk.client.undo('act')).toEqual([]);
  });

  it('is no undo, no comment and no delete', async () => {
    const desk = await changed();
    void desk.client.undo('act');
    void desk.client.comment(1, { body: 'Not lost', internal: true });
    desk.client.delete(2).catch(() => undefined);
    expect(desk.client.lastAct).toBeUndefined();
    await answerAll(desk);
    expect(desk.client.lastAct).toBeUndefined();
  });

  it('that was refused is gone on with in the decision about it', async () => {
    const desk = await liveDesk();
    closeAll(desk);
    await desk.clock.pass(0);
    await desk.commands.patches.find((call) => call.asked.id === 2)!.fail(since(2));
    await answerAll(desk);
    void desk.client.resolve(desk.client.conflicts.value[0]!, ['status'], 'many');
    await answerAll(desk);
    expect(statuses(desk)).toEqual(['closed', 'closed', 'closed']);
    void desk.client.undo('many');
    await answerAll(desk);
    expect(statuses(desk)).toEqual(['open', 'resolved', 'open']);
  });
});

import { describe, expect, it } from '@jest/globals';

import type { Ticket } from '#contract/ticket';

import { NetworkError } from '../api/errors.js';
import { Lanes, type Item } from './lane.js';
import { MemoryShelf } from './memory-outbox.js';
import type { OutboxEntry } from './outbox.js';
import { OtherHistoryError } from './sight.js';
import { Desk, type DeskOptions } from './testing/desk.js';
import { listOf } from './testing/fake-commands.js';
import { refusal } from './testing/problems.js';
import { cursorAt, deleted, envelopeOf, OTHER_EPOCH, rowOf, ticketOf, updated } from './testing/tickets.js';

type Fields = Partial<Pick<Ticket, 'status' | 'title' | 'priority' | 'version'>>;

const liveDesk = (tickets = [ticketOf(1), ticketOf(2)], options: DeskOptions = {}) =>
  Desk.live(tickets, { me: 'p1', ...options });

/** A backup comes back, in which these tickets are found. */
async function restore({ client, commands, transport }: Desk, tickets: readonly Ticket[]): Promise<void> {
  const list = client.list({});
  await commands.lists[0]!.answer(listOf([], 10));
  transport.listener.reset({ reason: 'another history' });
  const asOf = cursorAt(3, OTHER_EPOCH);
  await commands.lists[0]!.answer(listOf(tickets, 3, { as_of: asOf }));
  list.close();
  transport.ack('resume', asOf);
}

/** A colleague's change of the first ticket comes in. */
const theirs = ({ transport }: Desk, id: number, fields: Fields) =>
  transport.listener.feed(envelopeOf(id - 1, [updated(id, rowOf(1, fields), Object.keys(fields))]));

/** The base of the only change under way. */
async function baseOf({ clock, commands }: Desk): Promise<number | undefined> {
  await clock.pass(0);
  expect(commands.patches).toHaveLength(1);
  return commands.patches[0]!.asked.patch.base_version;
}

describe('[P11] a change that is made with what was seen before', () => {
  it("is based on that, whatever others' changes have come meanwhile", async () => {
    const desk = await liveDesk();
    const sight = desk.client.look([1, 2]);
    theirs(desk, 11, { version: 2, status: 'resolved' });
    void desk.client.patch(1, { status: 'closed' }, 'act', sight);
    expect(await baseOf(desk)).toBe(1);
  });

  it('is refused as a conflict then, which can be decided as any other', async () => {
    const desk = await liveDesk();
    const sight = desk.client.look([1]);
    theirs(desk, 11, { version: 2, status: 'resolved' });
    const refused = desk.client
      .patch(1, { status: 'closed' }, 'act', sight)
      .catch((failure: unknown) => failure);
    await desk.clock.pass(0);
    const conflict = {
      field: 'status',
      base: 'open',
      yours: 'closed',
      theirs: 'resolved',
      by: 'Bob',
      at: '',
    };
    const ticket = ticketOf(1, { version: 2, status: 'resolved' });
    await desk.commands.patches[0]!.fail(refusal(409, 'conflict', { conflicts: [conflict], ticket }));
    expect(await refused).toMatchObject({ code: 'conflict' });
    void desk.client.resolve(desk.client.conflicts.value[0]!, ['status'], 'act');
    expect(await baseOf(desk)).toBe(2);
  });

  it('moves on over an own change that was on its way, and has been answered before the turn', async () => {
    const desk = await liveDesk();
    void desk.client.patch(1, { status: 'in_progress' });
    const sight = desk.client.look([1]);
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'in_progress' }));
    void desk.client.patch(1, { status: 'closed' }, 'act', sight);
    expect(await baseOf(desk)).toBe(2);
  });

  it('moves on over an own change that is answered when it is on its way itself', async () => {
    const desk = await liveDesk();
    const sight = desk.client.look([1]);
    void desk.client.patch(1, { status: 'in_progress' });
    void desk.client.patch(1, { status: 'closed' }, 'act', sight);
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'in_progress' }));
    expect(await baseOf(desk)).toBe(2);
  });

  it("stays below somebody else's change between an own one and the turn", async () => {
    const desk = await liveDesk();
    void desk.client.patch(1, { status: 'in_progress' });
    const sight = desk.client.look([1]);
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'in_progress' }));
    theirs(desk, 11, { version: 3, status: 'resolved' });
    void desk.client.patch(1, { status: 'closed' }, 'act', sight);
    expect(await baseOf(desk)).toBe(2);
  });

  it("tried again after a failure, is based on the same moment and what is one's own", async () => {
    const desk = await liveDesk();
    void desk.client.patch(1, { status: 'in_progress' });
    const sight = desk.client.look([1]);
    const failed = desk.client.patch(1, { status: 'closed' }, 'act', sight).catch(() => undefined);
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'in_progress' }));
    await desk.commands.patches[0]!.fail(refusal(422, 'invalid'));
    await failed;
    theirs(desk, 11, { version: 3, status: 'resolved' });
    void desk.client.patch(1, { status: 'closed' }, 'act', sight);
    expect(await baseOf(desk)).toBe(2);
  });

  it('is based on what came with a conflict, once that was decided', async () => {
    const desk = await liveDesk();
    const sight = desk.client.look([1]);
    sight.show(ticketOf(1, { version: 4, status: 'resolved' }));
    void desk.client.patch(1, { status: 'closed' }, 'act', sight);
    expect(await baseOf(desk)).toBe(4);
  });

  it('keeps its base over a reload without a connection', async () => {
    const shelf = new MemoryShelf();
    const storage = shelf.tab();
    const desk = await liveDesk(undefined, { outbox: storage });
    const sight = desk.client.look([1]);
    theirs(desk, 11, { version: 2, status: 'resolved' });
    void desk.client.patch(1, { status: 'closed' }, 'act', sight);
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(new NetworkError('down'));
    desk.client.close();
    const next = await Desk.live([ticketOf(1, { version: 2, status: 'resolved' })], {
      me: 'p1',
      outbox: shelf.tab(),
    });
    expect(await baseOf(next)).toBe(1);
    expect(next.client.unsent.value).toMatchObject([{ act: 'act', ticketId: 1 }]);
  });

  it('can be taken back, also where the ticket is not known any more when its turn comes', async () => {
    const desk = await liveDesk();
    const sight = desk.client.look([1]);
    const list = desk.client.list({});
    await desk.commands.lists[0]!.answer(listOf([ticketOf(2)], 10));
    desk.transport.listener.reset({ reason: 'expired' });
    await desk.commands.lists[0]!.answer(listOf([ticketOf(2)], 50));
    expect(desk.client.view(1)).toBeUndefined();
    void desk.client.patch(1, { status: 'closed' }, 'act', sight);
    expect(await baseOf(desk)).toBe(1);
    await desk.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    void desk.client.undo('act');
    await desk.clock.pass(0);
    expect(desk.commands.patches[0]?.asked.patch).toMatchObject({ status: 'open', base_version: 2 });
    list.close();
  });

  it('of a ticket deleted meanwhile is refused as gone', async () => {
    const desk = await liveDesk();
    const sight = desk.client.look([1]);
    desk.transport.listener.feed(envelopeOf(10, [deleted(11, 1, 2)]));
    const gone = expect(desk.client.patch(1, { status: 'closed' }, 'act', sight)).rejects.toMatchObject({
      code: 'gone',
    });
    expect(await baseOf(desk)).toBe(1);
    await desk.commands.patches[0]!.fail(refusal(410, 'gone'));
    await gone;
    expect(desk.client.status.value.unanswered).toBe(0);
  });

  describe('in another history', () => {
    const CLOSED = { status: 'closed' } as const;

    it('is based on what is known there, where that is what was seen', async () => {
      const desk = await liveDesk([ticketOf(1, { version: 9 })]);
      const sight = desk.client.look([1]);
      await restore(desk, [ticketOf(1, { version: 5, priority: 'high' })]);
      void desk.client.patch(1, CLOSED, 'act', sight);
      expect(await baseOf(desk)).toBe(5);
    });

    it.each([
      ['is no more what was seen', [ticketOf(1, { version: 9, status: 'resolved' })]],
      ['is not known', [ticketOf(2)]],
    ])('is refused where the field %s', async (_, known) => {
      const desk = await liveDesk([ticketOf(1, { version: 5 }), ticketOf(2)]);
      const sight = desk.client.look([1]);
      await restore(desk, known);
      await expect(desk.client.patch(1, CLOSED, 'act', sight)).rejects.toBeInstanceOf(OtherHistoryError);
      await desk.clock.pass(0);
      expect(desk.commands.patches).toEqual([]);
      expect(desk.client.view(1)?.pending ?? []).toEqual([]);
      expect(desk.client.status.value.unanswered).toBe(0);
    });

    it('is refused where nobody knows the description, or nothing was seen', async () => {
      const desk = await liveDesk([ticketOf(1)]);
      const sight = desk.client.look([1, 2]);
      await restore(desk, [ticketOf(1), ticketOf(2)]);
      desk.transport.listener.feed({
        ...envelopeOf(3, [updated(4, rowOf(1, { version: 3 }), ['description'])]),
        epoch: OTHER_EPOCH,
      });
      for (const [id, changes] of [
        [1, { description: 'New' }],
        [2, CLOSED],
      ] as const) {
        await expect(desk.client.patch(id, changes, 'act', sight)).rejects.toBeInstanceOf(OtherHistoryError);
      }
    });

    it('leaves a conflict to be decided that its change would have taken the place of', async () => {
      const desk = await liveDesk([ticketOf(1)]);
      const sight = desk.client.look([1]);
      const refused = desk.client.patch(1, CLOSED, 'act', sight).catch(() => undefined);
      await desk.clock.pass(0);
      const conflict = { field: 'status', base: 'open', yours: 'closed', theirs: 'resolved', by: '', at: '' };
      const ticket = ticketOf(1, { version: 2, status: 'resolved' });
      await desk.commands.patches[0]!.fail(refusal(409, 'conflict', { conflicts: [conflict], ticket }));
      await refused;
      await restore(desk, [ticketOf(1, { version: 4, status: 'in_progress' })]);
      await expect(desk.client.patch(1, CLOSED, 'act', sight)).rejects.toBeInstanceOf(OtherHistoryError);
      expect(desk.client.conflicts.value).toHaveLength(1);
    });
  });

  it('is no matter of changes that are made without it', async () => {
    const desk = await liveDesk();
    const sight = desk.client.look([1]);
    theirs(desk, 11, { version: 2, status: 'resolved' });
    void desk.client.patch(1, { status: 'closed' });
    expect(await baseOf(desk)).toBe(2);
    sight.close();
  });
});

describe('[P11] own answers', () => {
  it('are kept for whoever wants them, and no longer', async () => {
    const lanes = new Lanes(() => undefined);
    const release = [lanes.hold([1]), lanes.hold([1])];
    const entry = { ticketId: 1, write: { kind: 'delete' } } as OutboxEntry;
    const item: Item = { entry, stored: Promise.resolve(), before: {} };
    (await lanes.enter(item)).answered(ticketOf(1, { version: 2 }), { status: 'open' });
    lanes.leave(item);
    release[0]!();
    expect(lanes.answersOf(1)).toMatchObject([{ ticket: { version: 2 } }]);
    release[1]!();
    expect(lanes.answersOf(1)).toEqual([]);
  });

  /** A change of the priority is on its way, and a sight wants to know its answer. */
  const held = async () => {
    const desk = await liveDesk([ticketOf(1, { version: 8 })]);
    const sight = desk.client.look([1]);
    void desk.client.patch(1, { priority: 'high' }, 'act', sight);
    await desk.clock.pass(0);
    const answer = () => desk.commands.patches[0]!.answer(ticketOf(1, { version: 9, priority: 'high' }));
    return { desk, answer };
  };

  it('[P9] are let go of in another history', async () => {
    const { desk, answer } = await held();
    await answer();
    await restore(desk, [ticketOf(1, { version: 5, priority: 'high' })]);
    void desk.client.patch(1, { priority: 'low' });
    expect(await baseOf(desk)).toBe(5);
  });

  it('[P9] are not kept when they come from one that is over', async () => {
    const { desk, answer } = await held();
    await restore(desk, [ticketOf(1, { version: 5, priority: 'high' })]);
    await answer();
    void desk.client.patch(1, { priority: 'low' });
    expect(await baseOf(desk)).toBe(5);
  });

  it('[P9] stay in the same one, after a new start', async () => {
    const { desk, answer } = await held();
    await answer();
    const list = desk.client.list({});
    await desk.commands.lists[0]!.answer(listOf([], 10));
    desk.transport.listener.reset({ reason: 'expired' });
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1, { version: 8 })], 50));
    void desk.client.patch(1, { priority: 'low' });
    expect(await baseOf(desk)).toBe(9);
    list.close();
  });
});

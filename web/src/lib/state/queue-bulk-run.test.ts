import { describe, expect, it } from '@jest/globals';

import type { Ticket } from '#contract/ticket';

import { NetworkError } from '../api/errors.js';
import { Desk } from '../sync/testing/desk.js';
import { listOf } from '../sync/testing/fake-commands.js';
import { refusal } from '../sync/testing/problems.js';
import { cursorAt, envelopeOf, OTHER_EPOCH, rowOf, ticketOf, updated } from '../sync/testing/tickets.js';
import { planOf } from './queue-bulk-plan.js';
import { carryOut, type BulkFailure } from './queue-bulk-run.js';

const IDS = [1, 2, 3, 4, 5, 6];
const CLOSED = { field: 'status', value: 'closed' } as const;
const liveDesk = () =>
  Desk.live(
    IDS.map((id) => ticketOf(id)),
    { me: 'p1' },
  );
const asked = ({ commands }: Desk) => commands.patches.map(({ asked: { id } }) => id);
const theirs = ({ transport }: Desk, event: number, id: number, fields: Partial<Ticket>) =>
  transport.listener.feed(
    envelopeOf(event - 1, [updated(event, rowOf(id, { version: 2, ...fields }), Object.keys(fields))]),
  );

/** Begins to close all six. Four are under way then. */
async function begin(desk: Desk) {
  const told = { made: 0, turned: 0, late: [] as BulkFailure[], isStopped: false };
  const sight = desk.client.look(IDS);
  const over = carryOut(
    desk.client,
    IDS,
    { change: CLOSED, act: 'many', sight },
    {
      isStopped: () => told.isStopped,
      made: () => void (told.made += 1),
      turned: () => void (told.turned += 1),
      late: (failure) => void told.late.push(failure),
    },
  );
  await desk.clock.pass(0);
  return { over, told };
}

/** The server takes the oldest call, or says that somebody has resolved the ticket since. */
async function answer({ clock, commands }: Desk): Promise<void> {
  const call = commands.patches[0]!;
  const { id, patch } = call.asked;
  const conflict = { field: 'status', base: 'open', yours: 'closed', theirs: 'resolved', by: 'Bob', at: '' };
  const ticket = ticketOf(id, { version: 2, status: 'resolved' });
  if (id === 6 && patch.base_version === 1) {
    await call.fail(refusal(409, 'conflict', { conflicts: [conflict], ticket }));
  } else await call.answer(ticketOf(id, { version: (patch.base_version ?? 0) + 1, status: 'closed' }));
  await clock.pass(0);
}

describe('a change of many', () => {
  it('is sent a few at a time, and a conflict for what others changed before its turn', async () => {
    const desk = await liveDesk();
    const { over, told } = await begin(desk);
    expect(asked(desk)).toEqual([1, 2, 3, 4]);
    theirs(desk, 11, 6, { status: 'resolved' });
    while (desk.commands.patches.length > 0) await answer(desk);
    expect(await over).toMatchObject([{ id: 6, kind: 'conflict' }]);
    expect(told).toMatchObject({ made: 5, turned: 6, late: [] });
    expect(desk.client.view(6)?.row.status).toBe('resolved');
    expect(desk.client.conflicts.value).toMatchObject([{ ticketId: 6 }]);
  });

  it('goes through where others changed another field', async () => {
    const desk = await liveDesk();
    const { over } = await begin(desk);
    theirs(desk, 11, 5, { priority: 'high' });
    for (let turn = 0; turn < 4; turn += 1) await answer(desk);
    expect(desk.commands.patches[0]?.asked).toMatchObject({ id: 5, patch: { base_version: 1 } });
    await desk.commands.patches[0]!.answer(ticketOf(5, { version: 3, priority: 'high', status: 'closed' }));
    await answer(desk);
    expect(await over).toMatchObject([{ id: 6 }]);
    expect(desk.client.view(5)?.row).toMatchObject({ priority: 'high', status: 'closed' });
  });

  it('leaves those alone whose turn has not come when it is stopped', async () => {
    const desk = await liveDesk();
    const { over, told } = await begin(desk);
    told.isStopped = true;
    while (desk.commands.patches.length > 0) await answer(desk);
    expect(await over).toMatchObject([
      { id: 5, kind: 'stopped' },
      { id: 6, kind: 'stopped' },
    ]);
    expect(told).toMatchObject({ made: 4, turned: 6 });
  });

  it('goes on in another history where what is changed is as it was seen, and tells of the others', async () => {
    const desk = await liveDesk();
    const { over } = await begin(desk);
    const list = desk.client.list({});
    await desk.commands.lists[0]!.answer(listOf([], 10));
    desk.transport.listener.reset({ reason: 'another history' });
    const asOf = cursorAt(3, OTHER_EPOCH);
    const there = [5, 6].map((id) => ticketOf(id, { version: 4, status: id === 6 ? 'in_progress' : 'open' }));
    await desk.commands.lists[0]!.answer(listOf(there, 3, { as_of: asOf }));
    for (let turn = 0; turn < 4; turn += 1) await answer(desk);
    expect(desk.commands.patches.map(({ asked: { id, patch } }) => [id, patch.base_version])).toEqual([
      [5, 4],
    ]);
    await answer(desk);
    expect(await over).toMatchObject([{ id: 6, kind: 'restored' }]);
    list.close();
  });

  it('is kept as a whole without a connection, and tells later what was refused', async () => {
    const desk = await liveDesk();
    const { over, told } = await begin(desk);
    theirs(desk, 11, 6, { status: 'resolved' });
    for (const call of [...desk.commands.patches]) await call.fail(new NetworkError('down'));
    expect(await over).toEqual([]);
    expect(desk.client.unsent.value.map(({ ticketId, act }) => [ticketId, act])).toEqual(
      IDS.map((id) => [id, 'many']),
    );
    await desk.clock.pass(60_000);
    const last = desk.commands.patches.find((call) => call.asked.id === 6);
    expect(last?.asked.patch.base_version).toBe(1);
    await last!.fail(refusal(410, 'gone'));
    expect(told.late).toMatchObject([{ id: 6, kind: 'gone' }]);
  });
});

describe('what a change of many would do', () => {
  it('is counted from what is shown, pending changes and all', async () => {
    const desk = await liveDesk();
    theirs(desk, 11, 2, { status: 'closed' });
    theirs(desk, 12, 3, { status: 'resolved' });
    void desk.client.patch(4, { status: 'closed' });
    void desk.client.delete(5);
    expect(planOf(desk.client, IDS, CLOSED)).toEqual({
      ...CLOSED,
      ids: [1, 3, 6],
      same: 2,
      unknown: [5],
      before: [
        { value: 'open', count: 2 },
        { value: 'resolved', count: 1 },
      ],
    });
  });

  it('takes nobody for a value, and people for the same by their id', async () => {
    const desk = await liveDesk();
    theirs(desk, 11, 2, { assignee: { id: 'p1', name: 'Ada' } });
    theirs(desk, 12, 3, { assignee: { id: 'p1', name: 'Ada Lovelace' } });
    const plan = planOf(desk.client, [1, 2, 3, 99], { field: 'assignee', value: null });
    expect(plan).toMatchObject({ ids: [2, 3], same: 1, unknown: [99], before: [{ count: 2 }] });
  });
});

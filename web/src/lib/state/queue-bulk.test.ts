import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { Desk } from '../sync/testing/desk.js';
import { refusal } from '../sync/testing/problems.js';
import { ticketOf } from '../sync/testing/tickets.js';
import type { BulkFailure } from './queue-bulk-run.js';
import { Bulk } from './queue-bulk.svelte.js';

const CLOSED = { field: 'status', value: 'closed' } as const;
const URGENT = { field: 'priority', value: 'high' } as const;

const callOf = ({ commands }: Desk, id: number) => commands.patches.find(({ asked }) => asked.id === id)!;
const take = (desk: Desk, id: number) =>
  callOf(desk, id).answer(ticketOf(id, { version: 3, status: 'closed' }));

/** Somebody has resolved the ticket since. */
function refuse(desk: Desk, id: number): Promise<void> {
  const conflict = { field: 'status', base: 'open', yours: 'closed', theirs: 'resolved', by: 'Bob', at: '' };
  const ticket = ticketOf(id, { version: 2, status: 'resolved' });
  return callOf(desk, id).fail(refusal(409, 'conflict', { conflicts: [conflict], ticket }));
}

/**
 * The first two were to be closed, and are in conflict.
 *
 * @param failed others that were to be closed, and were refused
 */
async function inConflict(failed: readonly number[] = []) {
  const desk = await Desk.live(
    [1, 2, 3, 4].map((id) => ticketOf(id)),
    { me: 'p1' },
  );
  const late: BulkFailure[] = [];
  const bulk = new Bulk(desk.client, (failure) => void late.push(failure));
  bulk.propose([1, 2, ...failed], CLOSED);
  const over = bulk.run();
  await desk.clock.pass(0);
  for (const id of [1, 2]) await refuse(desk, id);
  for (const id of failed) await callOf(desk, id).fail(refusal(403, 'forbidden'));
  await over;
  expect(bulk.failures.map(({ kind }) => kind)).toEqual([
    'conflict',
    'conflict',
    ...failed.map(() => 'failed'),
  ]);
  const decide = async (keep: boolean) => {
    const decided = bulk.decide(desk.client.conflicts.value, keep);
    await desk.clock.pass(0);
    return { decided };
  };
  return { desk, bulk, late, decide };
}

describe('a decision that is on its way', () => {
  it('ends the report when nothing is left to be told', async () => {
    const { desk, bulk, decide } = await inConflict();
    const { decided } = await decide(true);
    await take(desk, 1);
    await desk.clock.pass(0);
    expect(bulk.failures).toMatchObject([{ id: 2 }]);
    await take(desk, 2);
    await decided;
    expect(bulk.plan).toBeUndefined();
  });

  it('leaves alone what is planned since, and goes on as a part of its own act', async () => {
    const { desk, bulk, decide } = await inConflict();
    const { act } = bulk;
    const { decided } = await decide(true);
    bulk.forget();
    bulk.propose([3, 4], URGENT);
    await take(desk, 1);
    await desk.clock.pass(0);
    expect(desk.client.unsent.value).toMatchObject([{ ticketId: 2, act }]);
    await take(desk, 2);
    await decided;
    expect(bulk.plan).toMatchObject({ ...URGENT, ids: [3, 4] });
    expect(bulk.phase).toBe('planned');
  });

  it('leaves alone what is carried out since, whose refusals are told', async () => {
    const { desk, bulk, decide } = await inConflict();
    const { decided } = await decide(true);
    bulk.forget();
    bulk.propose([3, 4], URGENT);
    const over = bulk.run();
    await desk.clock.pass(0);
    await take(desk, 1);
    await desk.clock.pass(0);
    await take(desk, 2);
    await decided;
    expect(bulk.phase).toBe('running');
    await callOf(desk, 3).answer(ticketOf(3, { version: 2, priority: 'high' }));
    await callOf(desk, 4).fail(refusal(403, 'forbidden'));
    expect(await over).toEqual({ made: 1, waiting: 0 });
    expect(bulk.failures).toMatchObject([{ id: 4, kind: 'failed' }]);
    expect(bulk.plan).toMatchObject({ ids: [3, 4] });
  });

  it('does not end the report while what has failed is tried again', async () => {
    const { desk, bulk, decide } = await inConflict([3]);
    const { decided } = await decide(true);
    const over = bulk.retry();
    await desk.clock.pass(0);
    await take(desk, 1);
    await desk.clock.pass(0);
    await take(desk, 2);
    await decided;
    expect(bulk.failures).toEqual([]);
    expect(bulk.plan).toMatchObject({ ids: [1, 2, 3] });
    await callOf(desk, 3).fail(refusal(403, 'forbidden'));
    await over;
    expect(bulk.failures).toMatchObject([{ id: 3, kind: 'failed' }]);
    expect(bulk.plan).toMatchObject({ ids: [1, 2, 3] });
  });

  it('refused after the report was closed, is told', async () => {
    const { desk, bulk, late, decide } = await inConflict();
    const { decided } = await decide(true);
    bulk.forget();
    await callOf(desk, 1).fail(refusal(410, 'gone'));
    await desk.clock.pass(0);
    await refuse(desk, 2);
    await decided;
    // A conflict can be seen by itself.
    expect(late).toMatchObject([{ id: 1, kind: 'gone' }]);
    expect(desk.client.conflicts.value).toMatchObject([{ ticketId: 2 }]);
  });
});

describe('what the plan does not know', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['planned anew', (bulk: Bulk) => bulk.propose([1], URGENT)],
    ['carried out', (bulk: Bulk) => void bulk.run()],
    ['closed', (bulk: Bulk) => bulk.forget()],
  ])('is read until it is %s', async (_, end) => {
    const signals: AbortSignal[] = [];
    jest.spyOn(globalThis, 'fetch').mockImplementation((_url, init) => {
      signals.push(init!.signal!);
      return new Promise(() => undefined);
    });
    const desk = await Desk.live([ticketOf(1)]);
    const bulk = new Bulk(desk.client, () => undefined);
    bulk.propose([1, 8, 9], CLOSED);
    await desk.clock.pass(0);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    expect(bulk.reading).toBe(2);
    end(bulk);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(bulk.reading).toBe(0);
  });
});

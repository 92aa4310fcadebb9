import { describe, expect, it } from '@jest/globals';

import { Desk } from '../sync/testing/desk.js';
import { refusal } from '../sync/testing/problems.js';
import { ticketOf } from '../sync/testing/tickets.js';
import { planOf } from './queue-bulk-plan.js';
import { BulkReads } from './queue-bulk-reads.svelte.js';

const IDS = [91, 92, 93, 94, 95, 96];

async function begin() {
  const desk = await Desk.live([ticketOf(1)]);
  const reads = new BulkReads(desk.client, desk.commands.getTicket);
  const over = reads.begin(IDS);
  const asked = () => desk.commands.tickets.map((call) => call.asked);
  const left = () => IDS.filter((id) => reads.has(id));
  return { desk, reads, over, asked, left };
}

describe('what a plan does not know', () => {
  it('is read, a few at a time, and is in the plan then', async () => {
    const { desk, over, asked, left } = await begin();
    expect(asked()).toEqual([91, 92, 93, 94]);
    await desk.commands.tickets[0]!.answer(ticketOf(91));
    await desk.commands.tickets[0]!.fail(refusal(410, 'gone'));
    expect(asked()).toEqual([93, 94, 95, 96]);
    expect(left()).toEqual([93, 94, 95, 96]);
    for (const id of IDS.slice(2)) await desk.commands.tickets[0]!.answer(ticketOf(id));
    await over;
    expect(left()).toEqual([]);
    const plan = planOf(desk.client, IDS, { field: 'status', value: 'closed' });
    expect(plan).toMatchObject({ ids: [91, 93, 94, 95, 96], unknown: [92] });
  });

  it('is read no more when it is stopped', async () => {
    const { desk, reads, over, asked, left } = await begin();
    const under = [...desk.commands.tickets];
    reads.stop();
    expect(under.map(({ signal }) => signal?.aborted)).toEqual([true, true, true, true]);
    expect(left()).toEqual([]);
    for (const call of under) await call.fail(new DOMException('', 'AbortError'));
    await over;
    expect(asked()).toEqual([]);
  });

  it('is read in one round at a time', async () => {
    const { desk, reads, over, asked, left } = await begin();
    const under = [...desk.commands.tickets];
    const next = reads.begin([95, 96]);
    for (const call of under) await call.answer(ticketOf(call.asked));
    await over;
    expect(asked()).toEqual([95, 96]);
    expect(left()).toEqual([95, 96]);
    for (const id of [95, 96]) await desk.commands.tickets[0]!.answer(ticketOf(id));
    await next;
    expect(left()).toEqual([]);
  });
});

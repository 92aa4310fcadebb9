import { describe, expect, it } from '@jest/globals';

import { NetworkError } from '../api/errors.js';
import { MemoryShelf } from './memory-outbox.js';
import type { Report } from './reports.js';
import { DiscardedError } from './sender.js';
import type { SyncOptions } from './sync-options.js';
import { Desk } from './testing/desk.js';
import { refusal } from './testing/problems.js';
import { ticketOf } from './testing/tickets.js';

const down = () => new NetworkError('down');
const HOUR = 3_600_000;

/** A browser that can be opened again, with all its op_ids apart. */
class Browser {
  readonly shelf = new MemoryShelf();
  #pages = 0;

  async open(options: Partial<SyncOptions> = {}, passedMs = 0): Promise<Desk> {
    const page = ++this.#pages;
    let ops = 0;
    const desk = await Desk.live([ticketOf(1), ticketOf(2)], {
      me: 'p1',
      outbox: this.shelf.tab(),
      newOpId: () => `op-${page}-${++ops}`,
      passedMs,
      ...options,
    });
    await desk.clock.pass(0);
    return desk;
  }

  get ops(): readonly string[] {
    return this.shelf.entries.map(({ opId }) => opId);
  }
}

const reportsOf = ({ client }: Desk): Report[] => {
  const reports: Report[] = [];
  client.onReport((report) => reports.push(report));
  return reports;
};

describe('[O1] what is not answered', () => {
  it('is stored before it is sent', async () => {
    const browser = new Browser();
    const { commands, client, clock } = await browser.open();
    void client.patch(1, { status: 'closed' });
    expect(browser.ops).toEqual(['op-1-1']);
    expect(commands.patches).toHaveLength(0);
    await clock.pass(0);
    expect(commands.patches).toHaveLength(1);
    await commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    expect(browser.ops).toEqual([]);
  });

  it('is shown and sent after a reload, word for word and in order', async () => {
    const browser = new Browser();
    const before = await browser.open();
    void before.client.patch(1, { status: 'in_progress' });
    void before.client.patch(1, { status: 'closed' });
    void before.client.patch(2, { priority: 'high' });
    await before.clock.pass(0);
    const asked = before.commands.patches.map((call) => call.asked);
    before.client.close();

    const { client, commands } = await browser.open();
    expect(client.view(1)).toMatchObject({ row: { status: 'closed' }, pending: ['status'] });
    expect(client.status.value.unanswered).toBe(3);
    expect(commands.patches.map((call) => call.asked)).toEqual(asked);
    await commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'in_progress' }));
    expect(commands.patches[1]?.asked.patch).toEqual({
      status: 'closed',
      base_version: 2,
      op_id: 'op-1-2',
    });
  });

  it('is sent with the base that an answer before the reload gave it', async () => {
    const browser = new Browser();
    const before = await browser.open();
    void before.client.patch(1, { status: 'in_progress' });
    void before.client.patch(1, { status: 'closed' });
    await before.clock.pass(0);
    await before.commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'in_progress' }));
    before.client.close();

    const { commands } = await browser.open();
    expect(commands.patches.map(({ asked }) => asked.patch)).toEqual([
      { status: 'closed', base_version: 2, op_id: 'op-1-2' },
    ]);
  });

  it('of a minute offline with five changes and a reload is sent once each', async () => {
    const browser = new Browser();
    const before = await browser.open();
    before.transport.listener.disconnected(false);
    for (const status of ['in_progress', 'resolved', 'closed'] as const) {
      void before.client.patch(1, { status });
    }
    void before.client.patch(2, { priority: 'high' });
    void before.client.comment(2, { body: 'Called them', internal: true });
    for (let seconds = 0; seconds < 60; seconds += 1) {
      await before.clock.pass(1_000);
      for (const call of [...before.commands.patches]) await call.fail(down());
    }
    expect(before.client.status.value).toMatchObject({ phase: 'offline', unanswered: 5, waiting: 5 });
    before.client.close();

    const { client, commands } = await browser.open();
    const seen: (string | undefined)[] = [];
    for (let version = 2; commands.patches.length + commands.comments.length > 0; version += 1) {
      const [patch] = commands.patches;
      seen.push(patch ? patch.asked.patch.op_id : commands.comments[0]?.asked.comment.op_id);
      if (patch) await patch.answer(ticketOf(patch.asked.id, { version }));
      else await commands.comments[0]!.answer(commentOf(1));
    }
    expect(seen.sort()).toEqual(['op-1-1', 'op-1-2', 'op-1-3', 'op-1-4', 'op-1-5']);
    expect(client.status.value).toMatchObject({ unanswered: 0, waiting: 0 });
    expect(browser.ops).toEqual([]);
  });

  it('lives with a storage that fails', async () => {
    const broken = () => Promise.reject(new Error('quota'));
    const outbox = { put: broken, remove: broken, adopt: broken, close: () => undefined };
    const { client, commands, clock } = await new Browser().open({ outbox });
    const change = client.patch(1, { status: 'closed' });
    await clock.pass(0);
    await commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    await expect(change).resolves.toMatchObject({ version: 2 });
  });

  it('waits no longer than two seconds for a storage that is stuck', async () => {
    const stuck = () => new Promise<never>(() => undefined);
    const outbox = { put: stuck, remove: stuck, adopt: stuck, close: () => undefined };
    const { client, commands, clock } = await new Browser().open({ outbox });
    void client.patch(1, { status: 'closed' });
    await clock.pass(2_000);
    expect(commands.patches).toHaveLength(1);
  });
});

describe('[O2] whose it is', () => {
  it('another person at the same browser neither sees nor sends it, and its owner does later', async () => {
    const browser = new Browser();
    const ada = await browser.open();
    void ada.client.patch(1, { status: 'closed' });
    ada.client.close();
    const bob = await browser.open({ me: 'p2' });
    expect(bob.client.view(1)?.pending).toEqual([]);
    expect(bob.commands.patches).toHaveLength(0);
    bob.client.close();
    const again = await browser.open();
    expect(again.commands.patches).toHaveLength(1);
  });

  it('a page does not send it once somebody else is signed in at this browser', async () => {
    let person = 'p1';
    const desk = await new Browser().open({ isStillMe: () => person === 'p1' });
    person = 'p2';
    void desk.client.patch(1, { status: 'closed' });
    await desk.clock.pass(60_000);
    expect(desk.commands.patches).toHaveLength(0);
    expect(desk.client.status.value).toMatchObject({ phase: 'signed_out', waiting: 1 });
    person = 'p1';
    desk.client.start();
    await desk.clock.pass(0);
    expect(desk.commands.patches).toHaveLength(1);
  });

  it('closed, a client sends no more and hears no more', async () => {
    const browser = new Browser();
    const { client, commands, clock } = await browser.open();
    void client.patch(1, { status: 'closed' });
    await clock.pass(0);
    client.close();
    await commands.patches[0]!.fail(down());
    await clock.pass(60_000);
    expect(commands.patches).toHaveLength(0);
    expect(browser.ops).toEqual(['op-1-1']);
  });
});

describe('[O3] too old', () => {
  it('is dropped after a day, and its writer is told how many', async () => {
    const browser = new Browser();
    const before = await browser.open();
    void before.client.patch(1, { status: 'closed' });
    void before.client.patch(2, { status: 'closed' });
    before.client.close();
    const desk = await browser.open({}, 24 * HOUR);
    expect(reportsOf(desk)).toEqual([{ kind: 'outdated', count: 2 }]);
    expect(desk.commands.patches).toHaveLength(0);
    expect(browser.ops).toEqual([]);
  });

  it('is kept when it is a comment, and goes again when its writer wants it', async () => {
    const browser = new Browser();
    const before = await browser.open();
    void before.client.comment(1, { body: 'Called them', internal: true });
    before.client.close();
    const { client, commands, clock } = await browser.open({}, 24 * HOUR);
    const { items } = client.conversation(1).state.value;
    expect(items).toMatchObject([{ pending: { body: 'Called them', problem: { status: 408 } } }]);
    expect(commands.comments).toHaveLength(0);
    void client.retryComment('op-1-1');
    await clock.pass(0);
    expect(commands.comments[0]?.asked.comment.op_id).toBe('op-2-1');
  });

  it('is dropped while the page waits, too', async () => {
    const { client, commands, clock } = await new Browser().open();
    const outdated = expect(client.patch(1, { status: 'closed' })).rejects.toThrow('Too old');
    await clock.pass(0);
    const later = Object.assign(refusal(503, 'unavailable'), { retryAfterMs: 24 * HOUR });
    await commands.patches[0]!.fail(later);
    await clock.pass(24 * HOUR);
    await outdated;
    expect(client.view(1)?.pending).toEqual([]);
  });
});

describe('[O4] two tabs', () => {
  it('each send their own, and one takes over when the other has gone', async () => {
    const browser = new Browser();
    const one = await browser.open();
    const two = await browser.open();
    void one.client.patch(1, { status: 'closed' });
    await two.clock.pass(30_000);
    expect(two.commands.patches).toHaveLength(0);
    one.client.close();
    await two.clock.pass(30_000);
    expect(two.commands.patches.map(({ asked }) => asked.patch.op_id)).toEqual(['op-1-1']);
  });
});

describe('[O5] without a session', () => {
  it('waits until the same person has signed in again', async () => {
    const browser = new Browser();
    const { client, commands, clock, transport } = await browser.open();
    void client.patch(1, { status: 'closed' });
    await clock.pass(0);
    await commands.patches[0]!.fail(refusal(401, 'unauthenticated'));
    await clock.pass(60_000);
    expect(client.status.value).toMatchObject({ phase: 'signed_out', unanswered: 1, waiting: 1 });
    expect(transport.isClosed).toBe(true);
    expect(commands.patches).toHaveLength(0);
    expect(client.view(1)?.row.status).toBe('closed');
    client.start();
    await clock.pass(0);
    expect(commands.patches[0]?.asked.patch.op_id).toBe('op-1-1');
  });

  it('reads wait too', async () => {
    const { client, commands, clock } = await new Browser().open();
    const list = client.list({});
    await commands.lists[0]!.fail(refusal(401, 'unauthenticated'));
    await clock.pass(60_000);
    expect(commands.lists).toHaveLength(0);
    client.start();
    await clock.pass(0);
    expect(commands.lists).toHaveLength(1);
    list.close();
  });
});

describe('[O6] refused after a reload', () => {
  async function replayed() {
    const browser = new Browser();
    const before = await browser.open();
    void before.client.patch(1, { status: 'closed', title: 'Mine' });
    before.client.close();
    return { browser, desk: await browser.open() };
  }

  it.each([
    [403, 'forbidden'],
    [404, 'not_found'],
    [410, 'gone'],
  ] as const)('with %i it is dropped, and reported once', async (status, code) => {
    const { browser, desk } = await replayed();
    const reports = reportsOf(desk);
    await desk.commands.patches[0]!.fail(refusal(status, code));
    expect(reports).toMatchObject([{ kind: 'refused', entry: { ticketId: 1 }, failure: { status } }]);
    expect(browser.ops).toEqual([]);
    expect(desk.client.view(1)?.pending).toEqual([]);
  });

  it('as a conflict it waits for a decision, over further reloads', async () => {
    const { browser, desk } = await replayed();
    const reports = reportsOf(desk);
    await desk.commands.patches[0]!.fail(collision());
    expect(reports).toEqual([]);
    const [conflict] = desk.client.conflicts.value;
    expect(conflict).toMatchObject({ ticketId: 1, fields: [{ field: 'status', theirs: 'resolved' }] });
    desk.client.close();
    const again = await browser.open();
    expect(again.client.conflicts.value).toEqual([conflict]);
    expect(again.commands.patches).toHaveLength(0);
  });
});

const collision = () =>
  refusal(409, 'conflict', {
    ticket: ticketOf(1, { version: 3, status: 'resolved' }),
    conflicts: [
      { field: 'status', base: 'open', yours: 'closed', theirs: 'resolved', by: 'Bob', at: '2026-11-21' },
    ],
  });

describe('[O7] a conflict', () => {
  async function collided() {
    const browser = new Browser();
    const desk = await browser.open();
    const refused = expect(desk.client.patch(1, { status: 'closed', title: 'Mine' })).rejects.toThrow();
    await desk.clock.pass(0);
    await desk.commands.patches[0]!.fail(collision());
    await refused;
    return { browser, desk, conflict: desk.client.conflicts.value[0]! };
  }

  it('decided for mine is sent whole, based on what was seen of theirs', async () => {
    const { browser, desk, conflict } = await collided();
    void desk.client.resolve(conflict, ['status']);
    await desk.clock.pass(0);
    expect(desk.commands.patches[0]?.asked.patch).toEqual({
      status: 'closed',
      title: 'Mine',
      base_version: 3,
      op_id: 'op-1-2',
    });
    expect(desk.client.conflicts.value).toEqual([]);
    expect(browser.ops).toEqual(['op-1-2']);
  });

  it('decided for theirs sends what nobody else had touched', async () => {
    const { desk, conflict } = await collided();
    void desk.client.resolve(conflict, []);
    await desk.clock.pass(0);
    expect(desk.commands.patches[0]?.asked.patch).toMatchObject({ title: 'Mine', base_version: 3 });
    expect(desk.commands.patches[0]?.asked.patch).not.toHaveProperty('status');
    expect(desk.client.view(1)?.row).toMatchObject({ title: 'Mine', status: 'resolved' });
  });

  it('is decided once', async () => {
    const { desk, conflict } = await collided();
    void desk.client.resolve(conflict, []);
    expect(await desk.client.resolve(conflict, ['status'])).toBeUndefined();
  });

  it('is over when its writer has changed all the same anew, and not before', async () => {
    const { browser, desk } = await collided();
    void desk.client.patch(1, { status: 'in_progress' });
    expect(desk.client.conflicts.value).toHaveLength(1);
    void desk.client.patch(1, { status: 'in_progress', title: 'Other' });
    expect(desk.client.conflicts.value).toEqual([]);
    await desk.clock.pass(0);
    expect(browser.ops).toEqual(['op-1-2', 'op-1-3']);
  });
});

function commentOf(id: number) {
  return {
    id,
    ticket_id: 2,
    author: { kind: 'agent', id: 'p1', name: 'Ada' } as const,
    body: 'Called them',
    internal: true,
    created_at: '2026-11-21T09:00:00.000Z',
  };
}

describe('[O8] what is discarded', () => {
  it('is neither shown, stored nor sent again, and what waits behind it goes on', async () => {
    const browser = new Browser();
    const { client, commands, clock } = await browser.open();
    const given = client.patch(1, { status: 'closed' }).catch((failure: unknown) => failure);
    void client.patch(1, { priority: 'high' });
    await clock.pass(0);
    await commands.patches[0]!.fail(down());
    expect(client.unsent.value.map(({ opId, isWaiting }) => [opId, isWaiting])).toEqual([
      ['op-1-1', true],
      ['op-1-2', true],
    ]);
    client.discard('op-1-1');
    expect(client.view(1)?.row.status).toBe('open');
    expect(client.unsent.value.map(({ opId }) => opId)).toEqual(['op-1-2']);
    expect(client.status.value.unanswered).toBe(1);
    await clock.pass(0);
    expect(await given).toBeInstanceOf(DiscardedError);
    expect(browser.ops).toEqual(['op-1-2']);
    expect(commands.patches.map(({ asked }) => asked.patch)).toEqual([
      { priority: 'high', base_version: 1, op_id: 'op-1-2' },
    ]);
  });

  it('shows all the same when a try had carried it out', async () => {
    const browser = new Browser();
    const { client, commands, clock } = await browser.open();
    const made = client.patch(1, { status: 'closed' });
    await clock.pass(0);
    client.discard('op-1-1');
    expect(client.view(1)?.row.status).toBe('open');
    await commands.patches[0]!.answer(ticketOf(1, { version: 2, status: 'closed' }));
    await made;
    expect(client.view(1)?.row.status).toBe('closed');
  });

  it('can be a comment', async () => {
    const browser = new Browser();
    const desk = await browser.open();
    const reports = reportsOf(desk);
    const sent = desk.client.comment(1, { body: 'Hm', internal: true }).catch((failure: unknown) => failure);
    await desk.clock.pass(0);
    await desk.commands.comments[0]!.fail(down());
    desk.client.discard('op-1-1');
    await desk.clock.pass(0);
    expect(await sent).toBeInstanceOf(DiscardedError);
    expect(desk.client.hasComment('op-1-1')).toBe(false);
    expect(browser.ops).toEqual([]);
    expect(reports).toEqual([]);
  });
});

describe('[O9] what survives the page', () => {
  it('is all that is stored, and nothing that is not', async () => {
    const browser = new Browser();
    const { client, clock } = await browser.open();
    void client.patch(1, { status: 'closed' });
    await clock.pass(0);
    expect(client.isDurable).toBe(true);

    const full = browser.shelf.tab();
    full.put = () => Promise.reject(new Error('full'));
    const without = await browser.open({ outbox: full });
    void without.client.patch(2, { status: 'closed' });
    await without.clock.pass(0);
    expect(without.client.isDurable).toBe(false);
  });
});

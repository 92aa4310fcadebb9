import { describe, expect, it } from '@jest/globals';

import { Desk } from './testing/desk.js';
import { listOf } from './testing/fake-commands.js';
import { refusal } from './testing/problems.js';
import { created, cursorAt, envelopeOf, OTHER_EPOCH, rowOf, statsAt, ticketOf } from './testing/tickets.js';

const phase = ({ client }: Desk) => client.status.value.phase;

describe('opening the feed', () => {
  it('[C5] opens without a cursor when nobody reads, and follows from the ack', () => {
    const { client, transport } = new Desk();
    transport.listener.connected();
    expect(transport.opens[0]?.message).toEqual({ channel: 'board' });
    transport.ack('live', cursorAt(7));
    expect(client.position).toEqual(cursorAt(7));
    expect(client.status.value.phase).toBe('live');
    transport.listener.feed(envelopeOf(7, [created(8, rowOf(1))]));
    expect(client.view(1)?.row).toEqual(rowOf(1));
  });

  it('[C7] waits for a read under way, and opens with its position', async () => {
    const desk = new Desk();
    desk.client.list({});
    desk.transport.listener.connected();
    expect(phase(desk)).toBe('loading');
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 10));
    expect(desk.transport.asked).toEqual([10]);
    expect(phase(desk)).toBe('opening');
  });

  it('[C5] does not wait for a read that was refused', async () => {
    const desk = new Desk();
    desk.client.list({});
    desk.transport.listener.connected();
    await desk.commands.lists[0]!.fail(refusal(400, 'invalid'));
    expect(desk.transport.asked).toEqual([null]);
  });

  it('[C6] opens again with a position that a read gave meanwhile', async () => {
    const desk = new Desk();
    desk.transport.listener.connected();
    desk.client.list({});
    await desk.commands.lists[0]!.answer(listOf([ticketOf(1)], 10));
    desk.transport.ack('live', cursorAt(12));
    expect(desk.transport.asked).toEqual([null, 10]);
    expect(desk.client.position).toEqual(cursorAt(10));
    expect(desk.client.view(1)).toBeDefined();
  });

  it('[C4] applies an envelope right behind the ack', async () => {
    const desk = await Desk.live();
    desk.transport.listener.disconnected(true);
    desk.transport.listener.connected();
    desk.transport.ack('resume', cursorAt(10));
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1))]));
    expect(desk.client.position?.id).toBe(11);
  });

  it('[C4] heeds no ack but the latest', async () => {
    const desk = await Desk.live();
    desk.transport.listener.feed(envelopeOf(12, [], { to: 13 }));
    desk.transport.listener.disconnected(true);
    desk.transport.listener.connected();
    desk.transport.opens.at(-2)?.answered({ mode: 'reset', cursor: cursorAt(13) });
    expect(phase(desk)).toBe('opening');
    expect(desk.client.position?.id).toBe(10);
  });
});

describe('what does not fit', () => {
  it.each([
    ['a gap', envelopeOf(12, [created(13, rowOf(2))])],
    ['another epoch', envelopeOf(10, [created(13, rowOf(2))], { epoch: OTHER_EPOCH })],
  ])('[C3] opens once with the position after %s, and drops until the ack', async (_what, envelope) => {
    const desk = await Desk.live();
    desk.transport.listener.feed(envelope);
    desk.transport.listener.feed(envelope);
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1))]));
    expect(desk.transport.asked).toEqual([10, 10]);
    expect(desk.client.position?.id).toBe(10);
    desk.transport.ack('resume', cursorAt(10));
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1)), created(13, rowOf(2))]));
    expect(desk.client.position?.id).toBe(13);
  });

  it('[C3] opens again after a beat of another epoch', async () => {
    const desk = await Desk.live();
    desk.transport.beat(cursorAt(10, OTHER_EPOCH));
    expect(desk.transport.asked).toEqual([10, 10]);
  });

  it.each(['ack', 'message'])('[C7] reads every list again after a reset by %s', async (how) => {
    const desk = await Desk.live([ticketOf(1)]);
    const lists = [desk.client.list({}), desk.client.list({ status: ['open'] })];
    for (const call of [...desk.commands.lists]) await call.answer(listOf([ticketOf(1)], 10));
    if (how === 'message') desk.transport.listener.reset({ reason: 'expired' });
    else {
      desk.transport.listener.feed(envelopeOf(12, [], { to: 13 }));
      desk.transport.ack('reset', cursorAt(500));
    }
    expect(phase(desk)).toBe('loading');
    expect(desk.client.position).toBeUndefined();
    expect(desk.client.view(1)).toBeDefined();
    expect(desk.commands.lists).toHaveLength(lists.length);
    await desk.commands.lists[0]!.answer(listOf([ticketOf(2)], 500));
    expect(desk.transport.asked.at(-1)).toBe(500);
    expect(desk.client.view(1)).toBeUndefined();
    expect(desk.client.view(2)).toBeDefined();
  });

  it('[C8] looks for a position after a growing delay when it is lost again at once', async () => {
    const desk = await Desk.live();
    desk.client.list({});
    await desk.commands.lists[0]!.answer(listOf([], 10));
    desk.transport.listener.reset({ reason: 'expired' });
    await desk.commands.lists[0]!.answer(listOf([], 500));
    for (const delay of [375, 750, 1_500]) {
      desk.transport.ack('reset', cursorAt(500));
      await desk.clock.pass(delay - 1);
      expect(desk.commands.lists).toHaveLength(0);
      await desk.clock.pass(1);
      await desk.commands.lists[0]!.answer(listOf([], 500));
    }
  });

  it('[C8] without a list, opens without a cursor after such a delay', async () => {
    const desk = new Desk();
    desk.transport.listener.connected();
    desk.transport.ack('reset', cursorAt(1));
    expect(desk.transport.opens).toHaveLength(2);
    desk.transport.ack('reset', cursorAt(1));
    expect(desk.transport.opens).toHaveLength(2);
    await desk.clock.pass(375);
    expect(desk.transport.opens).toHaveLength(3);
  });
});

describe('the connection', () => {
  it('[F2] is offline after 10 s without a socket', async () => {
    const desk = await Desk.live();
    desk.transport.listener.disconnected(true);
    await desk.clock.pass(9_999);
    expect(phase(desk)).toBe('reconnecting');
    await desk.clock.pass(1);
    expect(phase(desk)).toBe('offline');
  });

  it('[F2] is offline at once when the browser has no network, and at the first connection too', async () => {
    const desk = await Desk.live();
    desk.transport.listener.disconnected(false);
    expect(phase(desk)).toBe('offline');
    const other = new Desk();
    await other.clock.pass(10_000);
    expect(phase(other)).toBe('offline');
  });

  it('[F3] opens again after a growing delay when no ack comes, or a passing problem', async () => {
    const desk = await Desk.live();
    desk.transport.listener.feed(envelopeOf(12, [], { to: 13 }));
    const { problem } = refusal(503, 'unavailable');
    for (const [ack, delay] of [
      [undefined, 375],
      [{ error: problem }, 750],
      [undefined, 1_500],
    ] as const) {
      const opens = desk.transport.opens.length;
      desk.transport.opens.at(-1)?.answered(ack);
      await desk.clock.pass(delay - 1);
      expect(desk.transport.opens).toHaveLength(opens);
      await desk.clock.pass(1);
      expect(desk.transport.opens).toHaveLength(opens + 1);
    }
  });

  it.each([
    [401, ''],
    [403, 'Sign in first'],
  ])('[F4] ends when the ack is refused with %i', async (status, endReason) => {
    const desk = await Desk.live();
    desk.transport.listener.feed(envelopeOf(12, [], { to: 13 }));
    const { problem } = refusal(status, 'forbidden');
    desk.transport.opens.at(-1)?.answered({ error: { ...problem, detail: 'Sign in first' } });
    expect(desk.client.status.value).toMatchObject({ phase: 'signed_out', endReason });
    expect(desk.transport.isClosed).toBe(true);
  });

  it('[F4] ends with the session, and can be started again', async () => {
    const desk = await Desk.live();
    desk.transport.listener.sessionEnd({ reason: 'signed out' });
    expect(desk.client.status.value).toMatchObject({ phase: 'signed_out', endReason: 'signed out' });
    desk.client.start();
    expect(desk.client.status.value).toMatchObject({ phase: 'connecting', endReason: null });
  });

  it.each(['a beat', 'absolute figures'])('[F5] has caught up at %s at the position', async (what) => {
    const desk = await Desk.live();
    desk.transport.listener.disconnected(true);
    desk.transport.listener.connected();
    desk.transport.ack('resume', cursorAt(10));
    const say = (id: number) =>
      what === 'a beat' ? desk.transport.beat(cursorAt(id)) : desk.transport.listener.stats(statsAt(id));
    say(11);
    expect(phase(desk)).toBe('resuming');
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1))]));
    say(11);
    expect(phase(desk)).toBe('live');
  });

  it('[F6] opens with its position after a lost socket', async () => {
    const desk = await Desk.live();
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1))]));
    desk.transport.listener.disconnected(true);
    desk.transport.listener.connected();
    expect(desk.transport.asked).toEqual([10, 11]);
  });

  it('[S1] shows no figures of another history', async () => {
    const desk = await Desk.live();
    desk.transport.listener.stats(statsAt(99, { as_of: cursorAt(99, OTHER_EPOCH), total_tickets: 1 }));
    expect(desk.client.stats.value?.as_of).toEqual(cursorAt(10));
  });

  it('says who is there, afresh after each opening', async () => {
    const desk = await Desk.live();
    const ada = { id: 'p1', name: 'Ada', mode: 'viewing' as const, since: '2026-11-21T09:00:00.000Z' };
    desk.transport.listener.presence({ tickets: { 1: [ada], 2: [ada] } });
    desk.transport.listener.presence({ tickets: { 2: [] } });
    expect([...desk.client.presence.value.keys()]).toEqual([1]);
    desk.transport.listener.feed(envelopeOf(12, [], { to: 13 }));
    desk.transport.ack('resume', cursorAt(10));
    expect(desk.client.presence.value.size).toBe(0);
  });
});

describe('health', () => {
  it('[H1] is stale without a beat for 10 s, whatever else comes', async () => {
    const desk = await Desk.live();
    await desk.clock.pass(9_000);
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1))]));
    desk.transport.listener.stats(statsAt(11));
    expect(desk.client.status.value.stale).toBe(false);
    await desk.clock.pass(1_000);
    expect(desk.client.status.value.stale).toBe(true);
    desk.transport.ack('resume', cursorAt(11));
    expect(desk.client.status.value.stale).toBe(true);
    desk.transport.beat(cursorAt(11));
    expect(desk.client.status.value).toMatchObject({ stale: false, lastBeatAt: desk.clock.now() });
  });

  it('[H2] opens again when stale, at growing distances', async () => {
    const desk = await Desk.live();
    const opens: number[] = [];
    for (let second = 1; second <= 80; second += 1) {
      await desk.clock.pass(1_000);
      if (phase(desk) === 'opening') {
        opens.push(second);
        desk.transport.ack('resume', cursorAt(10));
      }
    }
    expect(opens).toEqual([10, 30, 70]);
  });

  it('[H2] is not impatient while what was missed is coming', async () => {
    const desk = await Desk.live();
    desk.transport.listener.disconnected(true);
    desk.transport.listener.connected();
    desk.transport.ack('resume', cursorAt(10));
    for (let id = 10; id < 15; id += 1) {
      await desk.clock.pass(6_000);
      desk.transport.listener.feed(envelopeOf(id, [created(id + 1, rowOf(id))]));
    }
    expect(desk.transport.opens).toHaveLength(2);
  });

  it('[H3] finds that the last envelope before a silence was lost', async () => {
    const desk = await Desk.live();
    desk.transport.beat(cursorAt(12));
    expect(desk.transport.opens).toHaveLength(1);
    desk.transport.beat(cursorAt(12));
    expect(desk.transport.asked).toEqual([10, 10]);
  });

  it('[H3] finds that absolute figures were lost', async () => {
    const desk = await Desk.live();
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1))], { stats: null }));
    desk.transport.beat(cursorAt(11));
    desk.transport.beat(cursorAt(11));
    expect(desk.transport.asked).toEqual([10, 11]);
  });

  it('[H3] does not take a beat that overtakes its envelope for a loss', async () => {
    const desk = await Desk.live();
    desk.transport.beat(cursorAt(11));
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1))], { stats: {} }));
    desk.transport.beat(cursorAt(12));
    desk.transport.listener.feed(envelopeOf(11, [created(12, rowOf(2))], { stats: {} }));
    desk.transport.beat(cursorAt(12));
    expect(desk.transport.opens).toHaveLength(1);
  });

  it('[H4] measures from commit to screen although the clocks differ', async () => {
    const desk = await Desk.live();
    const server = (ms: number) => new Date(desk.clock.now() + 60_000 - ms).toISOString();
    desk.transport.beat(cursorAt(10), server(20));
    desk.transport.beat(cursorAt(10), server(15));
    const event = { ...created(11, rowOf(1)), at: server(55) };
    desk.transport.listener.feed(envelopeOf(10, [event], { stats: {} }));
    // The beat of `Desk.live` came by a clock a minute off: it is the quickest until others push it out.
    for (let beat = 0; beat < 12; beat += 1) desk.transport.beat(cursorAt(11), server(15));
    const next = { ...created(12, rowOf(2)), at: server(55) };
    desk.transport.listener.feed(envelopeOf(11, [next], { stats: {} }));
    expect(desk.client.status.value.latencyMs).toBe(40);
  });
});

describe('news', () => {
  it('[N1] tells one change an envelope, after all of it is in', async () => {
    const desk = await Desk.live();
    const told: unknown[] = [];
    desk.client.onChange(({ ids, events, moored }) => {
      told.push([[...ids], events.map(({ id }) => id), moored, desk.client.position?.id]);
    });
    desk.transport.listener.feed(envelopeOf(10, [created(11, rowOf(1)), created(12, rowOf(2))]));
    expect(told).toEqual([[[1, 2], [11, 12], false, 12]]);
  });

  it('[N1] tells nothing of an envelope that changes nothing', async () => {
    const desk = await Desk.live();
    let told = 0;
    desk.client.onChange(() => (told += 1));
    desk.transport.listener.feed(envelopeOf(10, [], { to: 11 }));
    expect(told).toBe(0);
  });

  it('[N2] tells no status that is the same', async () => {
    const desk = await Desk.live();
    let told = 0;
    desk.client.status.subscribe(() => (told += 1));
    desk.transport.beat(cursorAt(10));
    desk.transport.beat(cursorAt(10));
    expect(told).toBe(0);
    await desk.clock.pass(5);
    desk.transport.beat(cursorAt(10));
    expect(told).toBeGreaterThan(0);
  });
});

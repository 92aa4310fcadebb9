import { describe, expect, it } from '@jest/globals';

import { Desk } from './testing/desk.js';
import { cursorAt } from './testing/tickets.js';

const viewing = { ticketId: 7, mode: 'viewing' } as const;
const editing = { ticketId: 7, mode: 'editing', field: 'title' } as const;
const SAID = { ticket_id: 7, mode: 'viewing' } as const;
const NOWHERE = { ticket_id: null, mode: 'viewing' } as const;

/** Lets time pass with a beat every 5 s; a background tab's timers do nothing to it. */
async function beats({ clock, transport }: Desk, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    await clock.pass(5_000);
    transport.beat(cursorAt(10));
  }
}

describe('[W1] where the person is', () => {
  it('is said at once, and what the field is', async () => {
    const { client, transport, clock } = await Desk.live();
    client.beAt(viewing);
    expect(transport.said).toEqual([SAID]);
    await clock.pass(250);
    client.beAt(editing);
    expect(transport.said.slice(1)).toEqual([{ ticket_id: 7, mode: 'editing', field: 'title' }]);
    await clock.pass(250);
    client.beAt(null);
    expect(transport.said.slice(2)).toEqual([NOWHERE]);
  });

  it('is not said twice', async () => {
    const { client, transport, clock } = await Desk.live();
    client.beAt(viewing);
    await clock.pass(1_000);
    client.beAt({ ...viewing });
    expect(transport.said).toHaveLength(1);
  });

  it('of a quick walk through a list the last is said', async () => {
    const { client, transport, clock } = await Desk.live();
    for (let ticketId = 1; ticketId <= 20; ticketId += 1) client.beAt({ ...viewing, ticketId });
    await clock.pass(250);
    expect(transport.said.map(({ ticket_id }) => ticket_id)).toEqual([1, 20]);
  });

  it('is nothing to say while it is nowhere', async () => {
    const desk = await Desk.live();
    await beats(desk, 60);
    expect(desk.transport.said).toEqual([]);
  });
});

describe('[W2] the lease', () => {
  it('is renewed by beats, well within its 30 s', async () => {
    const desk = await Desk.live();
    desk.client.beAt(viewing);
    await beats(desk, 60);
    expect(desk.transport.said).toEqual(Array.from({ length: 7 }, () => SAID));
  });

  it('begins anew with each feed that opens', async () => {
    const { client, transport, clock } = await Desk.live();
    client.beAt(viewing);
    transport.listener.disconnected(true);
    await clock.pass(1_000);
    transport.listener.connected();
    expect(transport.said).toHaveLength(1);
    transport.ack('resume', cursorAt(10));
    expect(transport.said).toEqual([SAID, SAID]);
  });
});

describe('[W3] out of sight', () => {
  it('one does not view any more after 20 s, and does again once it is in sight', async () => {
    const desk = await Desk.live();
    const { client, transport } = desk;
    client.beAt(viewing);
    client.hide(true);
    await beats(desk, 15);
    expect(transport.said).not.toContainEqual(NOWHERE);
    await beats(desk, 10);
    expect(transport.said.at(-1)).toEqual(NOWHERE);
    const { length } = transport.said;
    await beats(desk, 60);
    expect(transport.said).toHaveLength(length);
    client.hide(false);
    expect(transport.said.slice(length)).toEqual([SAID]);
  });

  it('a half-typed text is edited for 5 min more', async () => {
    const desk = await Desk.live();
    const { client, transport } = desk;
    client.beAt(editing);
    client.hide(true);
    await beats(desk, 290);
    expect(transport.said.at(-1)).toMatchObject({ mode: 'editing', field: 'title' });
    await beats(desk, 15);
    expect(transport.said.at(-1)).toEqual(NOWHERE);
  });
});

describe('[W4] who else is where', () => {
  const ada = { id: 'p1', name: 'Ada', mode: 'viewing', since: '2026-11-21T09:00:00.000Z' } as const;
  const bob = { ...ada, id: 'p2', name: 'Bob', mode: 'editing', field: 'title' } as const;

  it('is known by ticket, without oneself', async () => {
    const { client, transport } = await Desk.live([], { me: 'p1' });
    transport.listener.presence({ tickets: { 7: [ada, bob], 8: [ada] } });
    expect([...client.presence.value]).toEqual([[7, [bob]]]);
    transport.listener.presence({ tickets: { 7: [ada] } });
    expect([...client.presence.value]).toEqual([]);
  });

  it('is nobody without a connection', async () => {
    const { client, transport } = await Desk.live([], { me: 'p1' });
    transport.listener.presence({ tickets: { 7: [bob] } });
    transport.listener.disconnected(true);
    expect([...client.presence.value]).toEqual([]);
  });

  it('is nobody after the session', async () => {
    const { client, transport } = await Desk.live([], { me: 'p1' });
    transport.listener.presence({ tickets: { 7: [bob] } });
    transport.listener.sessionEnd({ reason: 'signed out' });
    expect([...client.presence.value]).toEqual([]);
  });
});

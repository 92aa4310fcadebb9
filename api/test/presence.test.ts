import type { Socket } from 'node:net';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { presence } from '../src/contract/socket.js';
import type { PresenceByTicket } from '../src/realtime/presence/presence-entry.js';
import { PresenceTimes } from '../src/realtime/presence/presence-times.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { connectSocket, type FeedSocket, type Shown } from './support/feed-client.js';
import { RestClient } from './support/rest-client.js';
import { makeDisplay, makeToken, type Member, signIn } from './support/sign-in.js';

/** Longer than any test, and short where it is to end. */
const LEASE_MS = 60_000;
const SHORT_LEASE_MS = 1_500;
const GATHER_MS = 200;

/** A page: its socket, and who it has been told is where. */
interface Page {
  readonly socket: FeedSocket;
  readonly tickets: PresenceByTicket;
  readonly messages: PresenceByTicket[];
}

/** The TCP connection below a page's WebSocket. */
const tcpBelow = ({ socket }: Page): Socket =>
  (socket.io.engine.transport as unknown as { ws: { _socket: Socket } }).ws._socket;

describe('presence', () => {
  let database: TestDatabase;
  let desk: Desk;
  let ada: Member;
  let bob: Member;
  const pages: Page[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection);
    Object.assign(desk.app.get(PresenceTimes), { leaseMs: LEASE_MS, gatherMs: GATHER_MS });
    ada = await signIn(database.connection, { name: 'Ada' });
    bob = await signIn(database.connection, { name: 'Bob' });
  });
  afterEach(() => {
    for (const { socket } of pages.splice(0)) socket.disconnect();
  });
  afterAll(async () => {
    await desk.stop();
    await database.drop();
  });

  const openPage = async (
    shown: Shown,
    channel: 'board' | 'wall' = 'board',
    at: Desk = desk,
  ): Promise<Page> => {
    const page: Page = { socket: connectSocket(at.url, shown), tickets: {}, messages: [] };
    pages.push(page);
    page.socket.on('presence', (message) => {
      const { tickets } = presence.parse(message);
      page.messages.push(tickets);
      Object.assign(page.tickets, tickets);
    });
    await new Promise<void>((resolve, reject) => {
      page.socket.once('connect', resolve);
      page.socket.once('connect_error', reject);
    });
    expect(await page.socket.emitWithAck('feed:open', { channel })).toMatchObject({ mode: 'live' });
    return page;
  };
  const set = ({ socket }: Page, message: object) => socket.emit('presence:set', message as never);
  /** As one piece of the network's, so that nothing comes in between, however slow the machine is. */
  const setAtOnce = async (page: Page, messages: readonly object[]) => {
    const tcp = tcpBelow(page);
    tcp.cork();
    for (const message of messages) set(page, message);
    // The library writes the first at once, and the others when that is done.
    await new Promise((resolve) => setImmediate(resolve));
    tcp.uncork();
  };
  /** In any order: who of two sockets came first is the network's to say. */
  const shows = (page: Page, ticketId: number, entries: object[]) =>
    eventually(() => {
      const shown = page.tickets[ticketId] ?? [];
      expect(shown).toHaveLength(entries.length);
      expect(shown).toEqual(expect.arrayContaining(entries.map((entry) => expect.objectContaining(entry))));
    });

  it('tells boards who views and who edits what, whole after an open and then what changes', async () => {
    const watcher = await openPage(bob);
    await eventually(() => expect(watcher.messages).toEqual([{}]));
    const page = await openPage(ada);
    set(page, { ticket_id: 1, mode: 'viewing' });
    await shows(watcher, 1, [{ id: ada.id, name: 'Ada', mode: 'viewing' }]);
    const { since } = watcher.tickets['1']![0]!;
    set(page, { ticket_id: 1, mode: 'editing', field: 'title' });
    await shows(watcher, 1, [{ id: ada.id, mode: 'editing', field: 'title' }]);
    expect(watcher.tickets['1']![0]!.since > since).toBe(true);

    const late = await openPage(bob);
    await eventually(() => expect(late.messages[0]).toEqual({ 1: watcher.tickets['1'] }));
    set(page, { ticket_id: null, mode: 'viewing' });
    await shows(watcher, 1, []);
    expect(watcher.messages.at(-1)).toEqual({ 1: [] });
  });

  it('gathers what happens at once, and says nothing of what is over before it was told', async () => {
    const watcher = await openPage(bob);
    const page = await openPage(ada);
    const view = (ticketId: number) => ({ ticket_id: ticketId, mode: 'viewing' });
    await setAtOnce(page, [2, 3, 4].map(view));
    await shows(watcher, 4, [{ id: ada.id }]);
    expect(watcher.messages.slice(1)).toHaveLength(1);
    expect(Object.keys(watcher.messages.at(-1)!)).toEqual(['4']);
    // A renewal changes nothing for anybody.
    await setAtOnce(page, [4, 4, 4, 5].map(view));
    await shows(watcher, 5, [{ id: ada.id }]);
    expect(watcher.messages.slice(1)).toHaveLength(2);
  });

  it('takes who it is from the session, whatever the message says', async () => {
    const watcher = await openPage(bob);
    const page = await openPage(ada);
    for (const forged of [
      { id: bob.id, name: 'Bob' },
      { person: { id: bob.id, name: 'Bob' } },
      { person_id: bob.id },
      { since: '2020-01-01T00:00:00.000Z' },
    ]) {
      set(page, { ticket_id: 6, mode: 'viewing', ...forged });
    }
    set(page, { ticket_id: 7, mode: 'viewing' });
    await shows(watcher, 7, [{ id: ada.id, name: 'Ada' }]);
    expect(watcher.tickets['6']).toBeUndefined();
    expect(JSON.stringify(watcher.messages)).not.toContain('2020');
  });

  it('calls who is renamed by the new name, where they are and where they go', async () => {
    const cy = await signIn(database.connection, { name: 'Cy' });
    const watcher = await openPage(bob);
    const page = await openPage(cy);
    set(page, { ticket_id: 20, mode: 'viewing' });
    await shows(watcher, 20, [{ id: cy.id, name: 'Cy' }]);
    await new RestClient(desk.url).patch(`/api/people/${cy.id}`, { name: 'Cyril' });
    await shows(watcher, 20, [{ id: cy.id, name: 'Cyril' }]);
    set(page, { ticket_id: 21, mode: 'viewing' });
    await shows(watcher, 21, [{ id: cy.id, name: 'Cyril' }]);
  });

  it('hears people only: of tokens and displays nothing is shown', async () => {
    const watcher = await openPage(bob);
    const token = await openPage(
      await makeToken(database.connection, ada, ['tickets:read', 'tickets:write']),
    );
    const display = await openPage({ cookie: (await makeDisplay(database.connection)).cookie }, 'wall');
    set(token, { ticket_id: 8, mode: 'viewing' });
    set(display, { ticket_id: 8, mode: 'viewing' });
    // Answered after what was sent before.
    await token.socket.emitWithAck('feed:open', { channel: 'board' });
    await display.socket.emitWithAck('feed:open', { channel: 'wall' });
    const page = await openPage(ada);
    set(page, { ticket_id: 9, mode: 'viewing' });
    await shows(watcher, 9, [{ id: ada.id }]);
    expect(watcher.tickets['8']).toBeUndefined();
  });

  it('tells the wall nothing', async () => {
    const wall = await openPage(bob, 'wall');
    const watcher = await openPage(bob);
    const page = await openPage(ada);
    set(page, { ticket_id: 10, mode: 'viewing' });
    await shows(watcher, 10, [{ id: ada.id }]);
    await wall.socket.emitWithAck('feed:open', { channel: 'wall' });
    expect(wall.messages).toEqual([]);
  });

  it('shows two tabs of one person once, editing before viewing', async () => {
    const watcher = await openPage(bob);
    const one = await openPage(ada);
    const two = await openPage(ada);
    set(one, { ticket_id: 11, mode: 'editing', field: 'description' });
    set(two, { ticket_id: 11, mode: 'viewing' });
    await shows(watcher, 11, [{ id: ada.id, mode: 'editing', field: 'description' }]);
    one.socket.disconnect();
    await shows(watcher, 11, [{ id: ada.id, mode: 'viewing' }]);
    two.socket.disconnect();
    await shows(watcher, 11, []);
  });

  it('is gone with the connection, at once', async () => {
    const watcher = await openPage(bob);
    const page = await openPage(ada);
    set(page, { ticket_id: 14, mode: 'viewing' });
    await shows(watcher, 14, [{ id: ada.id }]);
    page.socket.disconnect();
    await shows(watcher, 14, []);
  });

  describe('a lease', () => {
    let brief: Desk;

    beforeAll(async () => {
      brief = await startDesk(database.connection);
      Object.assign(brief.app.get(PresenceTimes), { leaseMs: SHORT_LEASE_MS, gatherMs: GATHER_MS });
    });
    afterAll(() => brief.stop());

    /** Renews these leases until the check is through, however long that takes. */
    const renewing = async (renewed: readonly Page[], message: object, check: () => Promise<void>) => {
      const renew = () => renewed.forEach((page) => set(page, message));
      renew();
      const timer = setInterval(renew, SHORT_LEASE_MS / 5);
      await check().finally(() => clearInterval(timer));
    };

    it('goes on for who renews, and ends for a tab that has died, in time', async () => {
      const watcher = await openPage(bob, 'board', brief);
      const alive = await openPage(bob, 'board', brief);
      const dead = await openPage(ada, 'board', brief);
      const message = { ticket_id: 12, mode: 'viewing' };
      await renewing([dead, alive], message, () => shows(watcher, 12, [{ id: ada.id }, { id: bob.id }]));
      const begun = performance.now();
      await renewing([alive], message, () => shows(watcher, 12, [{ id: bob.id }]));
      expect(performance.now() - begun).toBeLessThan(SHORT_LEASE_MS + 5_000);
      expect(dead.socket.connected).toBe(true);
    });

    it('ends for a connection that is half open: nothing comes, and no end either', async () => {
      const watcher = await openPage(bob, 'board', brief);
      const page = await openPage(ada, 'board', brief);
      const message = { ticket_id: 13, mode: 'editing', field: 'title' };
      await renewing([page], message, () => shows(watcher, 13, [{ id: ada.id }]));
      const tcp = tcpBelow(page);
      tcp.pause();
      await shows(watcher, 13, []);
      tcp.destroy();
    });
  });
});

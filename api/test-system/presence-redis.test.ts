import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import type { EmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { migrate } from '../src/database/migrate.js';
import type { PresenceByTicket } from '../src/realtime/presence/presence-entry.js';
import { REDIS } from '../src/redis/redis.module.js';
import type { RedisConnection } from '../src/redis/redis-connection.js';
import { type Desk, startDesk } from '../test/support/desk.js';
import { eventually } from '../test/support/eventually.js';
import { connectSocket, type FeedSocket } from '../test/support/feed-client.js';
import { RedisServer } from '../test/support/redis-server.js';
import { addAgent, AGENT, type Member, signIn } from '../test/support/sign-in.js';
import { startTestServer } from '../test/support/test-server.js';

/** How long a process that was killed may still be seen. */
const FORGOTTEN_WITHIN_MS = 30_000;

/** A real Redis of Debian's between two processes of the desk, which starts anew and loses everything. */
describe('presence of several processes', () => {
  let redis: RedisServer;
  let server: EmbeddedPostgres;
  let desks: Desk[];
  let ada: Member;
  const sockets: FeedSocket[] = [];

  const fixtures = new AsyncDisposableStack();

  beforeAll(async () => {
    redis = fixtures.adopt(await RedisServer.start(), (started) => started.remove());
    server = fixtures.adopt(await startTestServer(), (started) => started.stop());
    await migrate(server.connection);
    await addAgent(server.connection);
    const settings = { REDIS_URL: redis.url };
    desks = [];
    for (let count = 0; count < 2; count += 1) {
      const desk = fixtures.adopt(await startDesk(server.connection, settings), (started) => started.stop());
      desks.push(desk);
    }
    ada = await signIn(server.connection, { name: 'Ada' });
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.disconnect();
  });
  afterAll(() => fixtures.disposeAsync());

  const openPage = async (desk: Desk, { cookie }: Member) => {
    const socket = connectSocket(desk.url, { cookie });
    sockets.push(socket);
    const tickets: PresenceByTicket = {};
    socket.on('presence', (message) => Object.assign(tickets, message.tickets));
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    await socket.emitWithAck('feed:open', { channel: 'board' });
    return {
      socket,
      at: (ticketId: number) => (tickets[ticketId] ?? []).map(({ name, mode }) => ({ name, mode })),
    };
  };

  it('shows on one what happens on the other, and one person on both once', async () => {
    const watcher = await openPage(desks[1]!, AGENT);
    const there = await openPage(desks[0]!, ada);
    const here = await openPage(desks[1]!, ada);
    there.socket.emit('presence:set', { ticket_id: 1, mode: 'editing', field: 'title' });
    here.socket.emit('presence:set', { ticket_id: 1, mode: 'viewing' });
    await eventually(() => expect(watcher.at(1)).toEqual([{ name: 'Ada', mode: 'editing' }]));
    there.socket.disconnect();
    await eventually(() => expect(watcher.at(1)).toEqual([{ name: 'Ada', mode: 'viewing' }]));
    here.socket.disconnect();
    await eventually(() => expect(watcher.at(1)).toEqual([]));
  });

  it('heals after a Redis that was killed and started anew, and goes on alone meanwhile', async () => {
    const watcher = await openPage(desks[1]!, AGENT);
    const there = await openPage(desks[0]!, ada);
    await redis.kill();
    there.socket.emit('presence:set', { ticket_id: 2, mode: 'viewing' });
    const own = await openPage(desks[0]!, AGENT);
    await eventually(() => expect(own.at(2)).toEqual([{ name: 'Ada', mode: 'viewing' }]));
    expect(watcher.at(2)).toEqual([]);
    await redis.restart();
    await eventually(() => expect(watcher.at(2)).toEqual([{ name: 'Ada', mode: 'viewing' }]));
  });

  it('tells a process that has just started of all who are there', async () => {
    const there = await openPage(desks[0]!, ada);
    there.socket.emit('presence:set', { ticket_id: 3, mode: 'viewing' });
    const third = await startDesk(server.connection, { REDIS_URL: redis.url });
    const page = await openPage(third, AGENT);
    await eventually(() => expect(page.at(3)).toEqual([{ name: 'Ada', mode: 'viewing' }]));
    // It says goodbye with everybody on it, and nobody waits for its leases.
    const guest = await openPage(third, AGENT);
    guest.socket.emit('presence:set', { ticket_id: 4, mode: 'viewing' });
    await eventually(() => expect(there.at(4)).toHaveLength(1));
    await third.stop();
    await eventually(() => expect(there.at(4)).toEqual([]));
  });

  it('forgets the people of a process that was killed within 30 s', async () => {
    const watcher = await openPage(desks[1]!, AGENT);
    const killed = await startDesk(server.connection, { REDIS_URL: redis.url });
    const page = await openPage(killed, ada);
    page.socket.emit('presence:set', { ticket_id: 5, mode: 'viewing' });
    await eventually(() => expect(watcher.at(5)).toHaveLength(1));
    // What the others notice of a SIGKILL: not another word of it, not even goodbye.
    killed.app.get<RedisConnection>(REDIS).close();
    await eventually(() => expect(watcher.at(5)).toEqual([]), FORGOTTEN_WITHIN_MS);
    await killed.stop();
  });
});

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { problem } from '../src/contract/problem.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { connectSocket, type FeedSocket } from './support/feed-client.js';
import { RawSocket } from './support/raw-socket.js';
import { AGENT, makeToken } from './support/sign-in.js';

const SOCKETS = 12;
const FRAMES = 20;
const BURST = 2 * FRAMES;

const PRESENCE = '42["presence:set",{"ticket_id":1,"mode":"viewing"}]';

/** Frames as they go over the wire: what a hostile client may send, not what a library lets it. */
describe('the bounds of a socket', () => {
  let database: TestDatabase;
  let desk: Desk;
  let token: string;
  let bystander: FeedSocket;
  const sockets: RawSocket[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection, {
      RATE_LIMIT_SOCKETS: String(SOCKETS),
      RATE_LIMIT_FRAMES: String(FRAMES),
      TRUST_PROXY: '1',
    });
    ({ token } = await makeToken(database.connection, AGENT, ['tickets:read']));
    bystander = connectSocket(desk.url, { token });
    await new Promise<void>((resolve) => bystander.once('connect', resolve));
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) {
      socket.ws.terminate();
      await socket.closed;
    }
    // Whatever happened to others, this one is served.
    const ack = await bystander.timeout(30_000).emitWithAck('feed:open', { channel: 'board' });
    expect(ack).toMatchObject({ mode: 'live' });
  });
  afterAll(async () => {
    bystander.disconnect();
    await desk.stop();
    await database.drop();
  });

  const keep = (socket: RawSocket) => {
    sockets.push(socket);
    return socket;
  };
  const connect = async () => keep(await RawSocket.connect(desk.url, { token }));

  it.each([
    ['a frame that no packet is', 'hello'],
    ['an empty frame', ''],
    ['an unknown type of packet', '9'],
    ['a packet without a body', '42'],
    ['broken JSON', '42["feed:open"'],
    ['a body that is no list', '42{"feed:open":1}'],
    ['an empty list', '42[]'],
    ['a reserved event', '42["disconnect"]'],
    ['an unknown event', '42["tickets:delete",{"id":1}]'],
    ['an event of the other direction', '42["session:end",{"reason":"x"}]'],
    ["an event named like an object's own", '42["__proto__",{}]'],
    ['an event that is a number', '42[7,{}]'],
    ['an event of nobody', '42/admin,["feed:open",{"channel":"board"}]'],
    ['a second handshake', '40{"token":"x"}'],
    ['a packet that waits for binary parts', '451-["feed:open",{"_placeholder":true,"num":0}]'],
    ['an answer that waits for binary parts', '461-1[{"_placeholder":true,"num":0}]'],
    ['a binary frame', Buffer.from([1, 2, 3])],
    ['a frame that is too large', `42["feed:open",{"channel":"${'x'.repeat(17 * 1024)}"}]`],
    ['a heartbeat in the wrong direction', '2'],
  ])('closes a socket that sends %s, and no other', async (_, frame) => {
    const socket = await connect();
    socket.send(frame);
    await socket.closed;
  });

  it('closes a connection that asks for another namespace and for none before long', async () => {
    const socket = keep(await RawSocket.open(desk.url));
    socket.send('40/admin,');
    await eventually(() => expect(socket.received.at(-1)).toContain('Invalid namespace'));
    socket.send('42/admin,["feed:open",{}]');
    await socket.closed;
  });

  it('hears one handshake of a connection, however many come at once', async () => {
    const socket = keep(await RawSocket.open(desk.url));
    for (let n = 0; n < 5; n += 1) socket.send(`40${JSON.stringify({ token })}`);
    await socket.closed;
  });

  it('answers what is only wrong, and stays open', async () => {
    const socket = await connect();
    socket.send('421["feed:open",{"channel":"cellar"}]');
    socket.send('422["feed:open"]');
    socket.send('423["feed:open",{"channel":"board"},{"channel":"wall"}]');
    socket.send('42["feed:open",{"channel":"board"}]');
    socket.send('42["presence:set",{"ticket_id":-1,"mode":"lurking"}]');
    socket.send('42["presence:set"]');
    socket.send('43999[{}]');
    socket.send('424["feed:open",{"channel":"board"}]');
    const ack = (id: number) => socket.received.find((frame) => frame.startsWith(`43${id}`));
    await eventually(() => expect(ack(4)).toContain('"live"'));
    for (const id of [1, 2, 3]) expect(ack(id)).toContain('"invalid"');
  });

  it('takes a burst of frames, and closes a socket that goes on like that', async () => {
    const calm = await connect();
    // The handshake was a frame too.
    for (let n = 0; n < BURST - 5; n += 1) calm.send(PRESENCE);
    calm.send('429["feed:open",{"channel":"board"}]');
    await eventually(() => expect(calm.received.some((frame) => frame.startsWith('439'))).toBe(true));

    const flood = await connect();
    const begun = performance.now();
    for (let n = 0; n < 3 * BURST; n += 1) flood.send(`42${n}["feed:open",{"channel":"board"}]`);
    const seconds = ((await flood.closed) - begun) / 1_000;
    const answered = flood.received.filter((frame) => frame.startsWith('43')).length;
    expect(answered).toBeLessThanOrEqual(BURST + FRAMES * seconds);
    expect(calm.ws.readyState).toBe(calm.ws.OPEN);
  });

  it('counts control frames of WebSocket like any other', async () => {
    const flood = await connect();
    for (let n = 0; n < 3 * BURST; n += 1) flood.ws.ping();
    await flood.closed;
  });

  describe('of one address', () => {
    const forwarded = (address: string) => ({ 'x-forwarded-for': address });
    /** The answer to an upgrade that is refused. */
    const refusal = async (address: string) => {
      const asked = request(`${desk.url}/socket.io/?EIO=4&transport=websocket`, {
        headers: {
          ...forwarded(address),
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': 'AQIDBAUGBwgJCgsMDQ4PEA==',
        },
      });
      asked.on('upgrade', () => asked.destroy(new Error('it was let in')));
      asked.end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      const body = (await answer.toArray()).join('');
      return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(body) as unknown };
    };

    it('are so many and no more, identified or not, and the next when one is closed', async () => {
      const ours: RawSocket[] = [];
      for (let n = 0; n < SOCKETS; n += 1) {
        ours.push(keep(await RawSocket.open(desk.url, forwarded('203.0.113.9'))));
      }
      const { status, headers, body } = await refusal('203.0.113.9');
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(problem.parse(body).code).toBe('rate_limited');
      keep(await RawSocket.open(desk.url, forwarded('203.0.113.10')));
      ours[0]!.ws.terminate();
      await eventually(async () => keep(await RawSocket.open(desk.url, forwarded('203.0.113.9'))));
      expect((await refusal('203.0.113.9')).status).toBe(429);
    });

    it('are those of a whole network that one customer gets', async () => {
      for (let n = 0; n < SOCKETS; n += 1) {
        keep(await RawSocket.open(desk.url, forwarded(`2001:db8:1:2::${n.toString(16)}`)));
      }
      expect((await refusal('2001:db8:1:2:ffff::1')).status).toBe(429);
      keep(await RawSocket.open(desk.url, forwarded('2001:db8:1:3::1')));
    });

    it('are not counted for plain requests', async () => {
      for (let n = 0; n < 2 * SOCKETS; n += 1) {
        const answer = await fetch(`${desk.url}/socket.io/?EIO=4&transport=websocket`, {
          headers: forwarded('198.51.100.1'),
        });
        expect(answer.status).toBe(400);
        await answer.body?.cancel();
      }
      keep(await RawSocket.open(desk.url, forwarded('198.51.100.1')));
    });
  });
});

import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Server, type Socket } from 'socket.io';

import type { ClientToServerEvents, FeedOpenAck, ServerToClientEvents } from '#contract/socket';

import { SocketIoTransport } from './socket-io-transport.js';
import { cursorAt, envelopeOf, statsAt } from './testing/tickets.js';
import type { TransportListener } from './transport.js';

type FeedSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

let http: HttpServer;
let server: Server<ClientToServerEvents, ServerToClientEvents>;
let transport: SocketIoTransport;
let heard: [what: string, message: unknown][];

/** Hears everything; `until` waits for the next of a kind. */
const waiting = new Map<string, (message: unknown) => void>();
const hear = (what: string) => (message?: unknown) => {
  heard.push([what, message]);
  waiting.get(what)?.(message);
};
const until = (what: string) => new Promise<unknown>((resolve) => waiting.set(what, resolve));
const listener: TransportListener = {
  connected: hear('connected'),
  disconnected: hear('disconnected'),
  refused: hear('refused'),
  feed: hear('feed'),
  beat: hear('beat'),
  reset: hear('reset'),
  stats: hear('stats'),
  presence: hear('presence'),
  sessionEnd: hear('sessionEnd'),
};

const url = () => `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
const nextSocket = () => new Promise<FeedSocket>((resolve) => server.once('connection', resolve));
const ackOf = (asked: TransportSocket) =>
  new Promise<FeedOpenAck | undefined>((resolve) => asked.open({ channel: 'board' }, resolve));
type TransportSocket = Pick<SocketIoTransport, 'open'>;

beforeEach(async () => {
  heard = [];
  waiting.clear();
  http = createServer();
  server = new Server(http, { transports: ['websocket'] });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  transport = new SocketIoTransport({ url: url() });
});

afterEach(async () => {
  transport.close();
  await server.close();
});

async function connect(): Promise<FeedSocket> {
  const [socket, connected] = [nextSocket(), until('connected')];
  transport.connect(listener);
  await connected;
  return socket;
}

describe('the Socket.IO transport', () => {
  it('carries every message to the listener', async () => {
    const socket = await connect();
    const at = '2026-11-21T09:00:00.000Z';
    const last = until('sessionEnd');
    socket.emit('feed', envelopeOf(1, [], { to: 2 }));
    socket.emit('feed:beat', { cursor: cursorAt(2), at });
    socket.emit('feed:reset', { reason: 'expired' });
    socket.emit('stats', statsAt(2));
    socket.emit('presence', { tickets: {} });
    socket.emit('session:end', { reason: 'signed out' });
    await last;
    expect(heard).toEqual([
      ['connected', undefined],
      ['feed', envelopeOf(1, [], { to: 2 })],
      ['beat', { cursor: cursorAt(2), at }],
      ['reset', { reason: 'expired' }],
      ['stats', statsAt(2)],
      ['presence', { tickets: {} }],
      ['sessionEnd', { reason: 'signed out' }],
    ]);
  });

  it('uses a WebSocket from the start', async () => {
    const socket = await connect();
    expect(socket.conn.transport.name).toBe('websocket');
    expect(socket.handshake.query.transport).toBe('websocket');
  });

  it('[C4] calls back with the ack before what the server sends right behind it', async () => {
    const socket = await connect();
    socket.on('feed:open', (message, ack) => {
      expect(message).toEqual({ channel: 'board', cursor: cursorAt(2) });
      ack({ mode: 'resume', cursor: cursorAt(2) });
      for (let id = 2; id < 5; id += 1) socket.emit('feed', envelopeOf(id, [], { to: id + 1 }));
      socket.emit('stats', statsAt(5));
    });
    const last = until('stats');
    transport.open({ channel: 'board', cursor: cursorAt(2) }, hear('ack'));
    await last;
    expect(heard.map(([what]) => what)).toEqual(['connected', 'ack', 'feed', 'feed', 'feed', 'stats']);
  });

  it('answers undefined when it is not connected, and when the connection is lost', async () => {
    expect(await ackOf(transport)).toBeUndefined();
    const socket = await connect();
    const ack = ackOf(transport);
    await once(socket as never, 'feed:open');
    socket.conn.close();
    expect(await ack).toBeUndefined();
  });

  it.each([
    ['is lost', (socket: FeedSocket) => socket.conn.close()],
    ['is closed by the server', (socket: FeedSocket) => socket.disconnect(true)],
  ])('connects again after the socket %s', async (_how, cut) => {
    const socket = await connect();
    const [again, connected] = [nextSocket(), until('connected')];
    cut(socket);
    expect((await again).id).not.toBe(socket.id);
    await connected;
    expect(heard.map(([what]) => what)).toEqual(['connected', 'disconnected', 'connected']);
  });

  it('goes on trying while the server is away, and comes back when it is there', async () => {
    const { port } = http.address() as AddressInfo;
    await connect();
    const lost = until('disconnected');
    await server.close();
    await lost;
    http = createServer();
    server = new Server(http, { transports: ['websocket'] });
    const again = until('connected');
    http.listen(port, '127.0.0.1');
    await again;
  });

  it('comes back at once when the browser has a network again', async () => {
    const page = new EventTarget();
    const { addEventListener, removeEventListener } = globalThis;
    globalThis.addEventListener = page.addEventListener.bind(page);
    globalThis.removeEventListener = page.removeEventListener.bind(page);
    try {
      // Without the hint there would be no next try.
      const never = { now: Date.now, random: () => 0, after: () => () => undefined };
      transport = new SocketIoTransport({ url: url(), clock: never });
      const socket = await connect();
      const lost = until('disconnected');
      socket.disconnect(true);
      await lost;
      const again = until('connected');
      page.dispatchEvent(new Event('online'));
      await again;
    } finally {
      Object.assign(globalThis, { addEventListener, removeEventListener });
    }
  });

  it('[F4] tells a handshake that is refused for good, and tries one that is not again', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Sign in',
      status: 401,
      detail: '',
      code: 'unauthenticated',
    };
    let refusals = 0;
    server.use((_socket, next) => {
      refusals += 1;
      if (refusals === 1) return next(new Error('starting'));
      const busy = { ...problem, status: 503, code: 'unavailable' };
      next(Object.assign(new Error('no'), { data: refusals === 2 ? busy : problem }));
    });
    const refused = until('refused');
    transport.connect(listener);
    expect(await refused).toEqual(problem);
    expect(refusals).toBe(3);
  });

  it('[W1] says where the person is, when there is a connection', async () => {
    const state = { ticket_id: 7, mode: 'editing', field: 'title' } as const;
    transport.presence({ ...state, ticket_id: 6 });
    const socket = await connect();
    const said = once(socket as never, 'presence:set');
    transport.presence(state);
    expect(await said).toEqual([state]);
  });

  it('sends its token, where it has one', async () => {
    transport = new SocketIoTransport({ url: url(), token: 'secret' });
    const socket = await connect();
    expect(socket.handshake.auth).toEqual({ token: 'secret' });
  });

  it('once closed is silent, and leaves the server', async () => {
    const socket = await connect();
    const gone = once(socket as never, 'disconnect');
    transport.close();
    await gone;
    expect(heard.map(([what]) => what)).toEqual(['connected']);
  });
});

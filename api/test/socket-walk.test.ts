import 'reflect-metadata';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { io } from 'socket.io-client';

import { SOCKET_ACCESS } from '../src/contract/access.js';
import type { Channel, FeedOpenAck } from '../src/contract/socket.js';
import { CALLERS, type CallerHeaders, type Worth } from './support/callers.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { connectSocket, type FeedSocket } from './support/feed-client.js';
import { RestClient } from './support/rest-client.js';
import { AGENT } from './support/sign-in.js';

const o = true;
const x = false;

/** contract.md's "Who may do what" for sockets; who is not in a column has no socket at all. */
const COLUMNS: readonly Worth[] = [
  'display',
  'agent',
  'admin',
  'tickets:read',
  'tickets:write',
  'admin token',
  'nothing',
];
const TABLE: Record<keyof typeof SOCKET_ACCESS, readonly boolean[]> = {
  'feed:open board': [x, o, o, o, x, x, x],
  'feed:open wall': [o, o, o, o, x, x, x],
  'presence:set': [x, o, o, x, x, x, x],
};

interface Outcomes {
  /** What `connect_error` says; null: the socket is open. */
  readonly refusal: string | null;
  readonly done: Partial<Record<keyof typeof SOCKET_ACCESS, boolean>>;
}

function expected(worth: Worth): Outcomes {
  const column = COLUMNS.indexOf(worth);
  if (column === -1) return { refusal: 'unauthenticated', done: {} };
  const done = Object.entries(TABLE).map(([message, row]) => [message, row[column]]);
  return { refusal: null, done: Object.fromEntries(done) };
}

describe('Who may do what, over sockets', () => {
  let database: TestDatabase;
  let desk: Desk;
  let watcher: FeedSocket;
  const sockets: FeedSocket[] = [];
  /** Tickets on which anybody was seen. */
  const visited = new Set<string>();

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection);
    watcher = connectSocket(desk.url, { cookie: AGENT.cookie });
    watcher.on('presence', ({ tickets }) => {
      for (const id of Object.keys(tickets)) visited.add(id);
    });
    await opened(watcher);
    expect(await open(watcher, 'board')).toBe(true);
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.disconnect();
  });
  afterAll(async () => {
    watcher.disconnect();
    await desk.stop();
    await database.drop();
  });

  /** A socket with all that these headers show, as a page of the desk or a script would open it. */
  function connect({ authorization, cookie }: CallerHeaders): FeedSocket {
    const socket: FeedSocket = io(desk.url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { origin: desk.url, ...(cookie === undefined ? {} : { cookie }) },
      ...(authorization === undefined ? {} : { auth: { token: authorization.replace('Bearer ', '') } }),
    });
    sockets.push(socket);
    return socket;
  }
  const opened = (socket: FeedSocket) =>
    new Promise<string | null>((resolve) => {
      socket.once('connect', () => resolve(null));
      socket.once('connect_error', ({ message }) => resolve(message));
    });
  /** Whether it was opened; refused for another reason than who asks is neither. */
  async function open(socket: FeedSocket, channel: Channel): Promise<boolean | string> {
    const answer: FeedOpenAck = await socket.timeout(30_000).emitWithAck('feed:open', { channel });
    if (!('error' in answer)) return answer.mode === 'live';
    return answer.error.code === 'forbidden' ? false : answer.error.code;
  }
  /** Whether the board learns of it: by then it knows also what was said after it. */
  async function visit(socket: FeedSocket): Promise<boolean> {
    const rest = new RestClient(desk.url);
    const [theirs, ours] = [await rest.create(), await rest.create()];
    socket.emit('presence:set', { ticket_id: theirs.id, mode: 'viewing' });
    // Messages of one socket are taken in order, so that this one's ack comes after.
    await open(socket, 'wall');
    watcher.emit('presence:set', { ticket_id: ours.id, mode: 'viewing' });
    await eventually(() => expect(visited).toContain(String(ours.id)));
    return visited.has(String(theirs.id));
  }

  it('has every message that is listened to', () => {
    const listened = [...desk.app.get(ModulesContainer).values()]
      .flatMap(({ providers }) => [...providers.values()])
      .flatMap(({ metatype }) => methodsOf(metatype))
      .flatMap((method) => (Reflect.getMetadata('message', method) as string | undefined) ?? []);
    const known = Object.keys(TABLE).map((message) => message.split(' ')[0]);
    expect(listened.length).toBeGreaterThan(0);
    expect([...new Set(listened)].sort()).toEqual([...new Set(known)].sort());
  });

  it.each(Object.entries(CALLERS))('%s', async (_, { worth, make }) => {
    const socket = connect(await make(database.connection));
    const refusal = await opened(socket);
    const done =
      refusal === null
        ? {
            'presence:set': await visit(socket),
            'feed:open board': await open(socket, 'board'),
            'feed:open wall': await open(socket, 'wall'),
          }
        : {};
    expect({ refusal, done }).toEqual(expected(worth));
  });
});

function methodsOf(metatype: unknown): object[] {
  const prototype: unknown = typeof metatype === 'function' ? metatype.prototype : undefined;
  if (typeof prototype !== 'object' || prototype === null) return [];
  return Object.values(Object.getOwnPropertyDescriptors(prototype)).flatMap(({ value }) =>
    typeof value === 'function' ? [value as object] : [],
  );
}

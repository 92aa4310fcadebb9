import type { Socket } from 'node:net';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';

import { CredentialChanges } from '../src/auth/credential-changes.js';
import { problem } from '../src/contract/problem.js';
import type { Channel, FeedOpenAck } from '../src/contract/socket.js';
import { Database } from '../src/database/database.js';
import type { FeedServer } from '../src/realtime/channels.js';
import { SocketSessions } from '../src/realtime/socket-sessions.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { connectSocket, type FeedSocket, type Shown } from './support/feed-client.js';
import { AGENT, makeDisplay, makeToken, signIn } from './support/sign-in.js';

/** How soon a socket must be closed after its credential has gone. */
const CLOSED_WITHIN_MS = 5_000;

/** The TCP connection below a transport of either side. */
const tcpOf = (transport: unknown): Socket => {
  const { ws, socket } = transport as { ws?: { _socket: Socket }; socket?: { _socket: Socket } };
  return (ws ?? socket)!._socket;
};

describe('access to sockets', () => {
  let database: TestDatabase;
  let desk: Desk;
  /** Another process: what was remembered in the first one is not told to it. */
  let other: Desk;
  let sql: pg.Client;
  /** The first process's own side. */
  let server: FeedServer;
  const sockets: FeedSocket[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    const attach = jest.spyOn(SocketSessions.prototype, 'attach');
    desk = await startDesk(database.connection, { CORS_ORIGINS: 'https://intranet.example.com' });
    server = attach.mock.calls[0]![0];
    other = await startDesk(database.connection, { TRUST_PROXY: '1' });
    sql = new pg.Client(database.connection);
    await sql.connect();
  });
  afterEach(() => {
    jest.restoreAllMocks();
    for (const socket of sockets.splice(0)) socket.disconnect();
  });
  afterAll(async () => {
    await desk.stop();
    await other.stop();
    await sql.end();
    await database.drop();
  });

  const open = (shown: Shown, url = desk.url): FeedSocket => {
    const socket = connectSocket(url, shown);
    sockets.push(socket);
    return socket;
  };
  const connected = async (shown: Shown, url?: string): Promise<FeedSocket> => {
    const socket = open(shown, url);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  };
  /** The code of the problem that a handshake is refused with. */
  const refusal = async (socket: FeedSocket): Promise<string> => {
    const error = await new Promise<Error & { data?: unknown }>((resolve, reject) => {
      socket.once('connect', () => reject(new Error('it was let in')));
      socket.once('connect_error', resolve);
    });
    expect(problem.parse(error.data).code).toBe(error.message);
    return error.message;
  };
  const serverSideOf = (credentialId: string) =>
    [...server.of('/').sockets.values()].find(({ data }) => data.identity.credential?.id === credentialId)!;
  const openFeed = (socket: FeedSocket, channel: Channel): Promise<FeedOpenAck> =>
    socket.timeout(30_000).emitWithAck('feed:open', { channel });
  const ended = (socket: FeedSocket) => {
    const told = new Promise<string>((resolve) =>
      socket.once('session:end', ({ reason }) => resolve(reason)),
    );
    const closed = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
    return Promise.all([told, closed]).then(([reason]) => ({ reason, at: performance.now() }));
  };

  describe('at the handshake', () => {
    it('refuses who shows nothing, or nothing that is known', async () => {
      const { origin } = new URL(desk.url);
      expect(await refusal(open({ cookie: '', origin }))).toBe('unauthenticated');
      expect(await refusal(open({ cookie: 'theme=dark', origin }))).toBe('unauthenticated');
      expect(await refusal(open({ cookie: 'signalbox.session_token=guessed', origin }))).toBe(
        'unauthenticated',
      );
      expect(await refusal(open({ cookie: `signalbox.visitor=${crypto.randomUUID()}` }))).toBe(
        'unauthenticated',
      );
      expect(await refusal(open({ token: 'sbx_guessed' }))).toBe('unauthenticated');
      expect(await refusal(open({ token: { length: 5 } as unknown as string }))).toBe('unauthenticated');
      expect(await refusal(open({ token: 'x'.repeat(10_000) }))).toBe('unauthenticated');
    });

    it.each([
      ['a foreign page', 'https://evil.example.com'],
      ['a page of the same name elsewhere', 'http://127.0.0.1.evil.example.com'],
      ['another port of the same machine', 'http://127.0.0.1:1'],
      ['a sandboxed page', 'null'],
    ])('refuses a cookie sent by %s', async (_, origin) => {
      expect(await refusal(open({ cookie: AGENT.cookie, origin }))).toBe('forbidden');
    });

    it('refuses a cookie without an origin, which no browser sends', async () => {
      const bare = open({ cookie: AGENT.cookie, origin: null });
      expect(await refusal(bare)).toBe('forbidden');
    });

    it('takes a cookie of its own pages, of CORS_ORIGINS, and of the host that a trusted proxy names', async () => {
      await connected({ cookie: AGENT.cookie });
      await connected({ cookie: AGENT.cookie, origin: 'https://intranet.example.com' });
      const behindProxy: Shown = {
        cookie: AGENT.cookie,
        origin: 'https://desk.example.com',
        headers: { 'x-forwarded-host': 'desk.example.com' },
      };
      await connected(behindProxy, other.url);
      // Where no proxy is trusted, anybody could have written that header.
      expect(await refusal(open(behindProxy))).toBe('forbidden');
    });

    it('takes a token from anywhere, and before any cookie', async () => {
      const { token } = await makeToken(database.connection, AGENT, ['tickets:read']);
      await connected({ token });
      const both = connectSocket(desk.url, { cookie: AGENT.cookie });
      sockets.push(both);
      both.auth = { token: 'sbx_guessed' };
      expect(await refusal(both)).toBe('unauthenticated');
    });

    it('says that it cannot tell while the database is away, which is no refusal', async () => {
      jest.spyOn(desk.app.get(Database), 'query').mockRejectedValue(new Error('away'));
      expect(await refusal(open({ token: 'sbx_never_seen_before' }))).toBe('unavailable');
    });

    it('keeps no secret of it', async () => {
      const { token, id } = await makeToken(database.connection, AGENT, ['tickets:read']);
      await connected({ token });
      const socket = serverSideOf(id);
      expect(socket.handshake).toBeNull();
      expect(socket.conn.request).toBeNull();
    });
  });

  describe('by role', () => {
    it.each([
      ['an administrator', async () => ({ cookie: AGENT.cookie }), true, true],
      ['an agent', async () => ({ cookie: (await signIn(database.connection)).cookie }), true, true],
      ['a display', async () => ({ cookie: (await makeDisplay(database.connection)).cookie }), false, true],
      ['a token that reads', async () => makeToken(database.connection, AGENT, ['tickets:read']), true, true],
      [
        'a token that writes',
        async () => makeToken(database.connection, AGENT, ['tickets:write']),
        false,
        false,
      ],
      [
        'a token that administers',
        async () => makeToken(database.connection, AGENT, ['admin']),
        false,
        false,
      ],
    ] as [string, () => Promise<Shown>, boolean, boolean][])(
      'opens to %s what the table says',
      async (_, shown, board, wall) => {
        const socket = await connected(await shown());
        const opens = async (channel: Channel) => {
          const ack = await openFeed(socket, channel);
          if ('error' in ack) expect(ack.error.code).toBe('forbidden');
          return 'mode' in ack;
        };
        expect({ board: await opens('board'), wall: await opens('wall') }).toEqual({ board, wall });
      },
    );

    it('sends nothing to a socket whose open was refused', async () => {
      const socket = await connected(await makeToken(database.connection, AGENT, ['tickets:write']));
      const heard: string[] = [];
      socket.onAny((name: string) => heard.push(name));
      await openFeed(socket, 'board');
      const watcher = await connected({ cookie: AGENT.cookie });
      await openFeed(watcher, 'board');
      const envelope = new Promise((resolve) => watcher.once('feed', resolve));
      await sql.query(`insert into ticket (title, description) values ('Secret', 'Secret')`);
      await envelope;
      // Answered after whatever would have been sent before.
      await openFeed(socket, 'board');
      expect(heard).toEqual([]);
    });
  });

  describe('once the credential has gone', () => {
    const cases: [string, () => Promise<{ shown: Shown; end: string }>][] = [
      [
        'a session that was signed out',
        async () => {
          const { cookie, id } = await signIn(database.connection);
          return { shown: { cookie }, end: `delete from session where person_id = '${id}'` };
        },
      ],
      [
        'a session that has expired',
        async () => {
          const { cookie, id } = await signIn(database.connection);
          return {
            shown: { cookie },
            end: `update session set expires_at = now() - interval '1 ms' where person_id = '${id}'`,
          };
        },
      ],
      [
        'a person who was disabled',
        async () => {
          const { cookie, id } = await signIn(database.connection);
          return { shown: { cookie }, end: `update person set disabled_at = now() where id = '${id}'` };
        },
      ],
      [
        'an administrator who was demoted',
        async () => {
          const { cookie, id } = await signIn(database.connection, { role: 'admin' });
          return { shown: { cookie }, end: `update person set role = 'agent' where id = '${id}'` };
        },
      ],
      [
        'a token that was revoked',
        async () => {
          const { token, id } = await makeToken(database.connection, AGENT, ['tickets:read']);
          return { shown: { token }, end: `update api_token set revoked_at = now() where id = '${id}'` };
        },
      ],
      [
        'a token that has expired',
        async () => {
          const { token, id } = await makeToken(database.connection, AGENT, ['tickets:read']);
          return { shown: { token }, end: `update api_token set expires_at = now() where id = '${id}'` };
        },
      ],
      [
        'a token whose maker was demoted below its scopes',
        async () => {
          const maker = await signIn(database.connection, { role: 'admin' });
          const { token } = await makeToken(database.connection, maker, ['tickets:read', 'admin']);
          return { shown: { token }, end: `update person set role = 'agent' where id = '${maker.id}'` };
        },
      ],
      [
        'a token whose maker was disabled',
        async () => {
          const maker = await signIn(database.connection);
          const { token } = await makeToken(database.connection, maker, ['tickets:read']);
          return { shown: { token }, end: `update person set disabled_at = now() where id = '${maker.id}'` };
        },
      ],
      [
        'a display that was revoked',
        async () => {
          const { cookie, id } = await makeDisplay(database.connection);
          return { shown: { cookie }, end: `update display set revoked_at = now() where id = '${id}'` };
        },
      ],
    ];
    // All wait together, since all may have to wait for the next look.
    it('by plain SQL, ends all their sockets within 5 s, and no others', async () => {
      const bystander = await connected({ cookie: AGENT.cookie });
      const prepared: { name: string; end: string; gone: ReturnType<typeof ended>[] }[] = [];
      for (const [name, prepare] of cases) {
        const { shown, end } = await prepare();
        const gone = [await connected(shown), await connected(shown, other.url)].map(ended);
        prepared.push({ name, end, gone });
      }
      const open = new Set(prepared.map(({ name }) => name));
      const wrong: unknown[] = [];
      const endOne = async ({ name, end, gone }: (typeof prepared)[number]) => {
        const begun = performance.now();
        await sql.query(end);
        for (const { reason, at } of await Promise.all(gone)) {
          if (at - begun >= CLOSED_WITHIN_MS || reason === '') wrong.push({ name, reason, ms: at - begun });
        }
        open.delete(name);
      };
      const ends = Promise.all(prepared.map(endOne));
      await eventually(() => expect([...open]).toEqual([]));
      await ends;
      expect(wrong).toEqual([]);
      expect(bystander.connected).toBe(true);
      expect(await openFeed(bystander, 'board')).toMatchObject({ mode: 'live' });
    });

    it('ends at once what was revoked in this process', async () => {
      const { token, id } = await makeToken(database.connection, AGENT, ['tickets:read']);
      const socket = await connected({ token });
      const end = ended(socket);
      const queries = jest.spyOn(desk.app.get(Database), 'query');
      await sql.query('update api_token set revoked_at = now() where id = $1', [id]);
      const before = queries.mock.calls.length;
      desk.app.get(CredentialChanges).changed();
      await end;
      expect(queries.mock.calls.length - before).toBeLessThanOrEqual(2);
    });

    it('lets no socket in that shows what another process has revoked, for longer than 5 s', async () => {
      const { token, id } = await makeToken(database.connection, AGENT, ['tickets:read']);
      await connected({ token });
      const begun = performance.now();
      await sql.query('update api_token set revoked_at = now() where id = $1', [id]);
      // As long as somebody remembers the token it may open; each such socket must be gone in time all the same.
      const ends: Promise<{ at: number }>[] = [];
      await eventually(async () => {
        const socket = open({ token });
        const end = ended(socket);
        const letIn = await new Promise<boolean>((resolve) => {
          socket.once('connect', () => resolve(true));
          socket.once('connect_error', () => resolve(false));
        });
        if (letIn) ends.push(end);
        expect(letIn).toBe(false);
      });
      for (const { at } of await Promise.all(ends)) expect(at - begun).toBeLessThan(CLOSED_WITHIN_MS);
    });

    it('closes a socket that does not read and does not answer', async () => {
      const { token, id } = await makeToken(database.connection, AGENT, ['tickets:read']);
      const socket = await connected({ token });
      const tcp = tcpOf(socket.io.engine.transport);
      const closed = new Promise((resolve) => tcpOf(serverSideOf(id).conn.transport).once('close', resolve));
      tcp.pause();
      await sql.query('update api_token set revoked_at = now() where id = $1', [id]);
      const begun = performance.now();
      await closed;
      expect(performance.now() - begun).toBeLessThan(CLOSED_WITHIN_MS);
      tcp.destroy();
    });

    it('leaves all sockets as they are while the database cannot be asked', async () => {
      const socket = await connected({ cookie: AGENT.cookie });
      const query = jest.spyOn(desk.app.get(Database), 'query').mockRejectedValue(new Error('away'));
      desk.app.get(CredentialChanges).changed();
      await eventually(() => expect(query.mock.calls.length).toBeGreaterThanOrEqual(2));
      expect(socket.connected).toBe(true);
      expect(await openFeed(socket, 'wall')).toMatchObject({ mode: 'live' });
    });
  });
});

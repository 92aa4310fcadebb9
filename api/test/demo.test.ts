import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { AGENTS, emailOf } from '../src/demo/agents.js';
import { Random } from '../src/demo/random.js';
import { seed } from '../src/demo/seed/seed.js';
import { remarksBefore, stateAfter, stepsBefore, type Story } from '../src/demo/story/story.js';
import { Storyteller } from '../src/demo/story/storyteller.js';
import { Desk } from '../src/demo/traffic/desk.js';
import { Traffic } from '../src/demo/traffic/traffic.js';
import { checkDatabase } from '../src/event-log/startup-checks.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk as App, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { AGENT, signInByPassword } from './support/sign-in.js';

const COUNT = 2_000;
const PASSWORD = 'a long enough password';
const MAIN = fileURLToPath(new URL('../dist/demo/main.js', import.meta.url));

describe('the demo', () => {
  const random = new Random(20);
  const storyteller = new Storyteller(random);
  const now = Date.now();
  const stories = storyteller.history(COUNT, now);
  const present = (story: Story) => stateAfter(story.initial, story.steps.slice(0, stepsBefore(story, now)));
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ ...database.connection });
    await client.connect();
    await seed(database.connection, stories, now, PASSWORD);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const rows = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await client.query<Record<string, unknown>>(sql, values)).rows;

  describe('its data', () => {
    it('is what the stories have told so far', async () => {
      const stored = await rows(
        `select id::int, title, description, category, priority, status, assignee_id as assignee, classification, version
         from ticket order by ticket.id`,
      );
      expect(stored).toEqual(
        stories.map((story, index) => ({
          id: index + 1,
          title: story.draft.title,
          description: story.draft.description,
          ...present(story),
          version: stepsBefore(story, now) + 1,
        })),
      );
    });

    it('has a log that tells how every ticket came to be as it is, in the order of time', async () => {
      const events = await rows(
        `select ticket_id::int, version, at, actor, type from event where type like 'ticket.%' order by id`,
      );
      const told = stories.flatMap((story, index) => [
        {
          ticket_id: index + 1,
          version: 1,
          at: new Date(story.createdAt),
          actor: story.createdBy,
          type: 'ticket.created',
        },
        ...story.steps.slice(0, stepsBefore(story, now)).map(({ at, actor }, step) => ({
          ticket_id: index + 1,
          version: step + 2,
          at: new Date(at),
          actor,
          type: 'ticket.updated',
        })),
      ]);
      expect(events).toHaveLength(told.length);
      const byTicket = (a: (typeof told)[number], b: (typeof told)[number]) =>
        a.ticket_id - b.ticket_id || a.version - b.version;
      expect((events as typeof told).toSorted(byTicket)).toEqual(told.toSorted(byTicket));
      const moments = (await rows('select at from event order by id')).map(({ at }) =>
        (at as Date).getTime(),
      );
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    });

    it('has the conversations that the stories have told so far, their ids rising with time', async () => {
      const stored = await rows(
        'select ticket_id::int, created_at, author, body, internal from comment order by id',
      );
      const moments = stored.map(({ created_at: at }) => (at as Date).getTime());
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      const told = stories.flatMap((story, index) =>
        remarksBefore(story, now).map(({ at, ...said }) => ({
          ticket_id: index + 1,
          created_at: new Date(at),
          ...said,
        })),
      );
      expect(told.length).toBeGreaterThan(2 * COUNT);
      // A ticket's own comments keep their order.
      const byTicket = (a: Record<string, unknown>, b: Record<string, unknown>) =>
        (a['ticket_id'] as number) - (b['ticket_id'] as number);
      expect(stored.toSorted(byTicket)).toEqual(told);
    });

    it('has a log that knows every comment as it is in the table, after its ticket', async () => {
      expect(
        await rows(`
          select c.id, e.id as event from comment c
          full join (select * from event where type = 'comment.created') e on (e.comment ->> 'id')::bigint = c.id
          where c.id is null or e.id is null or e.ticket_id <> c.ticket_id or e.at <> c.created_at
            or e.actor::jsonb <> c.author::jsonb or (e.comment ->> 'ticket_id')::bigint <> c.ticket_id
            or e.comment ->> 'body' <> c.body or (e.comment ->> 'internal')::boolean <> c.internal
            or (e.comment -> 'author')::jsonb <> c.author::jsonb
            or (e.comment ->> 'created_at')::timestamptz <> c.created_at
            or e.id < (select f.id from event f where f.ticket_id = c.ticket_id and f.type = 'ticket.created')`),
      ).toEqual([]);
      const ids = await rows(
        `select (comment ->> 'id')::int as id from event where type = 'comment.created' order by event.id`,
      );
      expect(ids.map(({ id }) => id)).toEqual(ids.map((_, index) => index + 1));
    });

    it('has tickets that were last changed when their last event says', async () => {
      expect(
        await rows(`
          select t.id from ticket t join event e on e.ticket_id = t.id and e.version = t.version
          where t.updated_at <> e.at or t.updated_at < t.created_at or t.updated_at > now()
            or (e.ticket ->> 'updated_at')::timestamptz <> e.at or e.ticket ->> 'status' <> t.status`),
      ).toEqual([]);
    });

    it('leaves a database on which the guarantee of the feed holds', async () => {
      await expect(checkDatabase(client, { fsyncMayBeOff: true })).resolves.toBeUndefined();
      const [row] = await rows(`
        with t as (insert into ticket (title, description) values ('x', 'y') returning id)
        select id::int from t`);
      expect(row).toEqual({ id: COUNT + 1 });
      const [event] = await rows('select type from event where ticket_id = $1', [COUNT + 1]);
      expect(event).toEqual({ type: 'ticket.created' });
      await client.query('delete from ticket where id = $1', [COUNT + 1]);
    });
  });

  describe('its traffic', () => {
    const told: string[] = [];
    let app: App;
    let traffic: Traffic;
    let since: number;

    beforeAll(async () => {
      app = await startDesk(database.connection);
      traffic = new Traffic(database.connection, Desk.of(stories, now), storyteller, random, {
        tell: (message) => told.push(message),
        paceMs: [5, 15],
      });
      since = Number((await rows('select max(id) as id from event'))[0]!['id']);
    });

    afterAll(async () => {
      await traffic.stop();
      await app.stop();
    });

    it('makes an event with every step, by named people', async () => {
      for (let step = 0; step < 60; step += 1) await traffic.step();
      const events = await rows('select type, actor from event where id > $1 order by id', [since]);
      expect(events).toHaveLength(60);
      expect(events).toContainEqual(expect.objectContaining({ type: 'ticket.created' }));
      const names = new Set(AGENTS.map(({ name }) => name));
      const agents = events.map(({ actor }) => actor as { kind: string; name: string });
      const changed = agents.filter(({ kind, name }) => kind === 'agent' && names.has(name));
      expect(changed.length).toBeGreaterThan(30);
      expect(agents.filter(({ kind }) => kind === 'database')).toEqual([]);
    });

    it('goes on with the conversations, in the name of agents', async () => {
      const said = async () =>
        rows(
          `select c.author, e.actor, c.internal, c.created_at > t.created_at as after
           from event e join comment c on c.id = (e.comment ->> 'id')::bigint join ticket t on t.id = c.ticket_id
           where e.id > $1`,
          [since],
        );
      const both = (spoken: Record<string, unknown>[]) =>
        new Set(spoken.map(({ internal }) => internal)).size === 2;
      for (let step = 0; step < 300 && !both(await said()); step += 1) await traffic.step();
      const spoken = await said();
      expect(both(spoken)).toBe(true);
      for (const { author, actor, after } of spoken) {
        expect(AGENTS.map(({ id, name }) => ({ kind: 'agent', id, name }))).toContainEqual(author);
        expect(actor).toEqual(author);
        expect(after).toBe(true);
      }
    });

    it('is in the figures that everybody sees', async () => {
      const [counted] = await rows(
        `select count(*)::int as total, count(*) filter (where status = 'open')::int as open from ticket`,
      );
      await eventually(async () => {
        const stats = (await (
          await fetch(`${app.url}/api/tickets/stats`, { headers: AGENT.headers })
        ).json()) as Record<string, number>;
        expect({ total: stats['total_tickets'], open: stats['open_tickets'] }).toEqual(counted);
      });
    });

    it('leaves alone what anybody else has changed', async () => {
      await client.query(`update ticket set title = title || ' (mine)' where status <> 'closed'`);
      const [mine] = await rows('select max(id) as id from event');
      for (let step = 0; step < 60; step += 1) await traffic.step();
      expect(
        await rows(
          `select e.id from event e join ticket t on t.id = e.ticket_id
           where e.id > $1 and e.type = 'ticket.updated' and t.title like '% (mine)'`,
          [mine!['id']],
        ),
      ).toEqual([]);
    });

    it('leaves alone what anybody else has answered', async () => {
      await client.query(`
        insert into comment (ticket_id, author, body, internal)
        select id, '{"kind":"agent","id":"somebody.else","name":"Somebody Else"}', 'Mine now.', false from ticket
        where status <> 'closed'`);
      const [mine] = await rows('select max(id) as id from event');
      for (let step = 0; step < 60; step += 1) await traffic.step();
      expect(
        await rows(
          `select e.id from event e where e.id > $1 and exists (
             select from comment c where c.ticket_id = e.ticket_id and c.body = 'Mine now.')`,
          [mine!['id']],
        ),
      ).toEqual([]);
    });

    it('waits while the database is away, with one line about it, and goes on', async () => {
      const server = new pg.Client({ ...database.superuser, database: 'postgres' });
      await server.connect();
      const name = database.connection.database;
      traffic.start();
      await server.query(`alter database ${name} allow_connections false`);
      await server.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = $1 and application_name = 'signalbox demo'`,
        [name],
      );
      await eventually(() =>
        expect(told).toEqual([expect.stringMatching(/^The demo waits for the database: /)]),
      );
      await server.query(`alter database ${name} allow_connections true`);
      await server.end();
      await eventually(() => expect(told).toHaveLength(2));
      const [before] = await rows('select count(*)::int as count from event');
      await eventually(async () => {
        const [after] = await rows('select count(*)::int as count from event');
        expect(after!['count']).toBeGreaterThan(before!['count'] as number);
      });
      expect(told).toHaveLength(2);
    });
  });

  it('starts as a program of its own and throws its data away at the end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
    const { PATH, HOME } = process.env;
    const settings = { ADMIN_EMAIL: 'not-used@example.com', ADMIN_PASSWORD: PASSWORD };
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH, HOME, TMPDIR: folder, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exited = once(child, 'exit');
    try {
      const url = await readyUrl(child);
      const headers = await signInByPassword(url, { email: emailOf(AGENTS[0]!), password: PASSWORD });
      const list = (await (await fetch(`${url}/api/tickets`, { headers })).json()) as { count: number };
      expect(list.count).toBeGreaterThanOrEqual(COUNT);
      expect(await readdir(folder)).toEqual([expect.stringMatching(/^signalbox-demo-/)]);
      child.kill('SIGINT');
      expect(await exited).toEqual([0, null]);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Where a program that has just been started says that it is ready. @throws with what it said when it ends first */
async function readyUrl({ stdout, stderr }: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
  const lines: string[] = [];
  createInterface(stderr).on('line', (line) => lines.push(line));
  for await (const line of createInterface(stdout)) {
    const url = /^Signalbox is ready on (http:\S+)$/.exec(line)?.[1];
    if (url !== undefined) return url;
    lines.push(line);
  }
  throw new Error(`It ended before it was ready: ${lines.join(' / ')}`);
}

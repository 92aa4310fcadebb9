import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { type Comment, comment as commentSchema } from '../src/contract/comments.js';
import { event as eventSchema, type FeedEvent } from '../src/contract/events.js';
import type { Problem } from '../src/contract/problem.js';
import type { CommentList, EventPage, TicketHistory, TicketList } from '../src/contract/queries.js';
import type { Stats } from '../src/contract/stats.js';
import type { Ticket } from '../src/contract/ticket.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { FeedClient } from './support/feed-client.js';
import { lockWaiter } from './support/lock-waiter.js';
import { type Answer, RestClient } from './support/rest-client.js';
import { makeDisplay, makeToken, type Member, signIn } from './support/sign-in.js';

type Outcome = Answer<Comment & Problem>;

describe('the conversation of a ticket', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let rest: RestClient;
  let ann: Member;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    ann = await signIn(database.connection, { name: 'Ann' });
    // Long enough for any machine: what was written here is in the log when it is read.
    desk = await startDesk(database.connection);
    rest = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const as = ({ headers }: Pick<Member, 'headers'>) => new RestClient(desk.url, headers);
  const pathOf = (id: number) => `/api/tickets/${id}/comments`;
  const say = (
    id: number,
    body: string,
    more: object = {},
    caller: Pick<Member, 'headers'> = ann,
  ): Promise<Outcome> => as(caller).post(pathOf(id), { body, internal: false, ...more });
  const list = async (path: string) => (await rest.get<CommentList>(path)).body;
  const bodies = ({ results }: CommentList) => results.map(({ body }) => body);
  const eventsOf = async (id: number) => (await history(id)).results.reverse();
  const history = async (id: number) =>
    (await rest.get<TicketHistory>(`/api/tickets/${id}/history?page_size=100`)).body;
  const position = async () => (await rest.get<EventPage>('/api/events')).body.next;
  const eventsAfter = async (after: string) =>
    (await rest.get<EventPage>(`/api/events?limit=1000&after=${after}`)).body.events;
  const count = async (table: string) =>
    Number((await sql.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]!.count);

  describe('POST', () => {
    it.each([true, false])(
      'answers 201 with the comment and where it stands (internal: %j)',
      async (internal) => {
        const { id } = await rest.create();
        const body = '<script>alert(1)</script>\n\n  “quoted” \\ $1 — 🙂';
        const answer = await say(id, `  ${body} \n`, { internal });
        expect(answer.status).toBe(201);
        expect(commentSchema.parse(answer.body)).toEqual(answer.body);
        expect(answer.body).toMatchObject({
          ticket_id: id,
          author: { kind: 'agent', id: ann.id, name: 'Ann' },
          body,
          internal,
        });
        expect((await list(answer.headers.get('location')!)).results).toEqual([answer.body]);
      },
    );

    it('names a token as the author', async () => {
      const { id } = await rest.create();
      const token = await makeToken(database.connection, ann, ['tickets:write']);
      const { body } = await say(id, 'By a script', {}, token);
      expect(body.author).toEqual({ kind: 'token', id: token.id, name: 'a script' });
    });

    it('is not for who is not signed in, nor for a token that may only read', async () => {
      const { id } = await rest.create();
      const reader = await makeToken(database.connection, ann, ['tickets:read']);
      expect((await say(id, 'x', {}, { headers: {} })).status).toBe(401);
      expect((await say(id, 'x', {}, reader)).status).toBe(403);
      expect((await new RestClient(desk.url, {}).get(pathOf(id))).status).toBe(401);
      expect((await as(reader).get(pathOf(id))).status).toBe(200);
      expect((await list(pathOf(id))).count).toBe(0);
    });

    it.each([
      [{ body: '' }, 'body'],
      [{ body: ' \n\t' }, 'body'],
      [{ body: 'x'.repeat(20_001) }, 'body'],
      [{ body: 'a\0b' }, 'body'],
      [{ body: 7 }, 'body'],
      [{ internal: 'yes' }, 'internal'],
      [{ internal: undefined }, 'internal'],
      [{ author: { kind: 'agent', id: null, name: 'Somebody else' } }, 'author'],
      [{ op_id: 'x' }, 'op_id'],
    ])('refuses %j by name', async (wrong, field) => {
      const { id } = await rest.create();
      const { status, body } = await say(id, 'Fine', wrong);
      expect([status, body.errors?.map((error) => error.field)]).toEqual([400, [field]]);
      expect((await list(pathOf(id))).count).toBe(0);
    });

    it('takes as many code points as it says', async () => {
      const { id } = await rest.create();
      expect((await say(id, '𝕏'.repeat(20_000))).status).toBe(201);
    });

    it('says 404 of a ticket that never was, and 410 of one that was deleted', async () => {
      const { id } = await rest.create();
      await rest.delete(`/api/tickets/${id}`);
      for (const op_id of [undefined, randomUUID()]) {
        expect((await say(id, 'Late', { op_id })).body.code).toBe('gone');
        expect((await say(987_654_321, 'Lost', { op_id })).body.code).toBe('not_found');
      }
      expect((await rest.get<Problem>(pathOf(id))).body.code).toBe('gone');
      expect((await rest.get<Problem>(pathOf(987_654_321))).body.code).toBe('not_found');
    });
  });

  describe('GET', () => {
    it('lists them oldest first, by cursors that stay right while comments come', async () => {
      const { id } = await rest.create();
      const said = ['one', 'two', 'three', 'four', 'five'];
      for (const body of said) await say(id, body);
      const first = await list(`${pathOf(id)}?page_size=2`);
      expect([bodies(first), first.count, first.previous]).toEqual([['one', 'two'], 5, null]);
      await say(id, 'six');
      const second = await list(first.next!);
      await say(id, 'seven');
      const third = await list(second.next!);
      const fourth = await list(third.next!);
      expect([second, third, fourth].map(bodies)).toEqual([['three', 'four'], ['five', 'six'], ['seven']]);
      expect([fourth.next, fourth.count]).toEqual([null, 7]);
      const back = await list(third.previous!);
      expect([bodies(back), bodies(await list(back.previous!))]).toEqual([
        ['three', 'four'],
        ['one', 'two'],
      ]);
      expect((await list(back.previous!)).previous).toBeNull();
    });

    it('by number when asked by number, and a page past the end is empty', async () => {
      const { id } = await rest.create();
      for (const body of ['one', 'two', 'three']) await say(id, body);
      const { body: second, headers } = await rest.get<CommentList>(`${pathOf(id)}?page=2&page_size=2`);
      expect([bodies(second), second.next, second.previous]).toEqual([
        ['three'],
        null,
        `${pathOf(id)}?page_size=2&page=1`,
      ]);
      expect(headers.get('link')).toBe(
        `<${second.previous}>; rel="prev", <${pathOf(id)}?page_size=2&page=1>; rel="first"`,
      );
      const beyond = await list(`${pathOf(id)}?page=9`);
      expect([beyond.results, beyond.next, beyond.count]).toEqual([[], null, 3]);
    });

    it('refuses a cursor that was not given here', async () => {
      const { id } = await rest.create();
      for (const cursor of ['x', 'next.', 'next.1e3', 'sideways.1']) {
        const { status, body } = await rest.get<Problem>(`${pathOf(id)}?cursor=${cursor}`);
        expect([status, body.errors?.map(({ field }) => field)]).toEqual([400, ['cursor']]);
      }
    });

    it('gives a position from which the feed goes on without a gap', async () => {
      const { id } = await rest.create();
      let writing = true;
      const writer = Promise.all(Array.from({ length: 30 }, (_, n) => say(id, `Comment ${n}`))).then(
        () => (writing = false),
      );
      const reads: CommentList[] = [];
      do reads.push(await list(`${pathOf(id)}?page_size=100`));
      while (writing);
      await writer;
      reads.push(await list(`${pathOf(id)}?page_size=100`));
      const events = (await eventsOf(id)).filter(({ type }) => type === 'comment.created');
      expect(events).toHaveLength(30);
      for (const { results, as_of: asOf } of reads) {
        const held = new Set(results.map((comment) => comment.id));
        const missed = events.filter(({ id: at, comment }) => at <= asOf.id && !held.has(comment!.id));
        expect(missed).toEqual([]);
      }
      expect(reads.at(-1)!.as_of.id).toBe(events.at(-1)!.id);
    });
  });

  describe('in the log', () => {
    it('is an event with the whole comment, between the changes around it', async () => {
      const { id } = await rest.create();
      const after = await position();
      await rest.patch(`/api/tickets/${id}`, { status: 'in_progress' });
      const { body: comment } = await say(id, 'In between', { internal: true });
      await rest.patch(`/api/tickets/${id}`, { status: 'resolved' });
      const { body: ticket } = await rest.get<Ticket>(`/api/tickets/${id}`);
      const events = await eventsAfter(after);
      expect(events.map(({ type, version }) => [type, version])).toEqual([
        ['ticket.updated', 2],
        ['comment.created', null],
        ['ticket.updated', 3],
      ]);
      expect(ticket.version).toBe(3);
      for (const event of events) expect(eventSchema.parse(event)).toEqual(event);
      const { id: eventId, at, ...rest1 } = events[1]!;
      expect([typeof eventId, typeof at]).toEqual(['number', 'string']);
      expect(rest1).toEqual({
        type: 'comment.created',
        ticket_id: id,
        version: null,
        actor: { kind: 'agent', id: ann.id, name: 'Ann' },
        changes: {},
        changed: [],
        comment,
      });
      expect((await history(id)).results.slice(0, 3)).toEqual([...events].reverse());
    });

    it('reaches desks whole and displays without a word, in the same places', async () => {
      const { id } = await rest.create();
      const secret = `for agents only ${randomUUID()}`;
      const { cookie } = await makeDisplay(database.connection);
      const board = new FeedClient(desk.url, 'board');
      const wall = new FeedClient(desk.url, 'wall', {}, { cookie });
      const received = [board, wall].map(() => [] as FeedEvent[]);
      for (const [index, feed] of [board, wall].entries()) {
        await feed.connect();
        feed.socket!.on('feed', ({ events }) =>
          received[index]!.push(...events.filter(({ type }) => type === 'comment.created')),
        );
      }
      try {
        const { body: note } = await say(id, secret, { internal: true });
        const { body: reply } = await say(id, `Dear customer, ${secret}`);
        const [told, shown] = await eventually(() => {
          for (const events of received) expect(events).toHaveLength(2);
          return received;
        });
        expect(told!.map(({ comment }) => comment)).toEqual([note, reply]);
        expect(shown!.map(({ id: at, type, ticket_id: ticket }) => [at, type, ticket])).toEqual(
          told!.map(({ id: at, type, ticket_id: ticket }) => [at, type, ticket]),
        );
        expect(JSON.stringify(shown)).not.toContain(secret);
      } finally {
        for (const feed of [board, wall]) feed.disconnect();
      }
    });

    it('leaves the ticket, its place in lists and the figures as they were', async () => {
      const { id } = await rest.create();
      await rest.create();
      const look = async () => ({
        ticket: (await rest.get<Ticket>(`/api/tickets/${id}`)).body,
        updated: await listed('?ordering=-updated_at'),
        open: await listed('?status=open'),
        figures: await figures(),
      });
      const listed = async (query: string) => {
        const { as_of: _, ...rows } = (await rest.get<TicketList>(`/api/tickets${query}`)).body;
        return rows;
      };
      const figures = async () => {
        const { as_of: asOf, ...counts } = (await rest.get<Stats>('/api/tickets/stats')).body;
        return { asOf, counts };
      };
      const before = await look();
      await say(id, 'Said');
      await sql.query(`insert into person (id, name) values ('eve', 'Eve')`);
      await sql.query(`update person set name = 'Eva', role = 'admin', disabled_at = now() where id = 'eve'`);
      const [last] = (await sql.query<{ id: string }>('select max(id) as id from event')).rows;
      const after = await eventually(async () => {
        const now = await look();
        expect(now.figures.asOf.id).toBe(Number(last!.id));
        return now;
      });
      expect(after.figures.asOf.id).toBeGreaterThan(before.figures.asOf.id);
      expect({ ...after, figures: after.figures.counts }).toEqual({
        ...before,
        figures: before.figures.counts,
      });
    });

    it('by plain SQL is an event all the same, of the database', async () => {
      const { id } = await rest.create();
      const after = await position();
      await sql.query(`insert into comment (ticket_id, body, internal) values ($1, 'By SQL', false)`, [id]);
      const [event] = await eventually(async () => {
        const events = await eventsAfter(after);
        expect(events).toHaveLength(1);
        return events;
      });
      const database = { kind: 'database', id: null, name: 'Database' };
      expect(event).toMatchObject({ type: 'comment.created', ticket_id: id, actor: database });
      expect(event!.comment).toMatchObject({ author: database, body: 'By SQL', internal: false });
      expect((await list(pathOf(id))).results).toEqual([event!.comment]);
    });

    it('of one transaction with other changes keeps their order', async () => {
      const { id } = await rest.create();
      await sql.query('begin');
      await sql.query(`insert into comment (ticket_id, body, internal) values ($1, 'First', false)`, [id]);
      await sql.query(`update ticket set status = 'closed' where id = $1`, [id]);
      await sql.query(`insert into comment (ticket_id, body, internal) values ($1, 'Last', true)`, [id]);
      await sql.query('commit');
      const told = ({ type, comment }: FeedEvent) => comment?.body ?? type;
      expect((await eventsOf(id)).map(told)).toEqual(['ticket.created', 'First', 'ticket.updated', 'Last']);
    });
  });

  describe('by plain SQL', () => {
    it.each([
      ['update comment set body = $$Changed$$ where ticket_id = $1'],
      ['update comment set internal = not internal where ticket_id = $1'],
      ['delete from comment where ticket_id = $1'],
      ['truncate comment'],
      ['truncate comment, ticket'],
    ])('refuses %s', async (statement) => {
      const { id } = await rest.create();
      const { body } = await say(id, 'Stays');
      const values = statement.includes('$1') ? [id] : [];
      await expect(sql.query(statement, values)).rejects.toMatchObject({ code: '55000' });
      expect((await list(pathOf(id))).results).toEqual([body]);
    });

    it.each(['rest', 'sql', 'serializable sql'])('goes with its ticket (by %s)', async (way) => {
      const { id } = await rest.create();
      for (const body of ['one', 'two']) await say(id, body);
      const other = await rest.create();
      await say(other.id, 'Another ticket’s');
      const all = await count('comment');
      if (way === 'rest') expect((await rest.delete(`/api/tickets/${id}`)).status).toBe(204);
      else {
        await sql.query(way === 'sql' ? 'begin' : 'begin isolation level serializable');
        await sql.query('delete from ticket where id = $1', [id]);
        await sql.query('commit');
      }
      expect(await count('comment')).toBe(all - 2);
      expect((await rest.get<Problem>(pathOf(id))).body.code).toBe('gone');
      expect(bodies(await list(pathOf(other.id)))).toEqual(['Another ticket’s']);
      const { rows } = await sql.query<{ type: string }>(
        'select type from event where ticket_id = $1 order by id',
        [id],
      );
      expect(rows.map(({ type }) => type)).toEqual([
        'ticket.created',
        'comment.created',
        'comment.created',
        'ticket.deleted',
      ]);
    });
  });

  describe('at the same moment as a deletion', () => {
    it.each([undefined, randomUUID()])('a comment that comes second is 410 (op_id %s)', async (op_id) => {
      const { id } = await rest.create();
      const before = await count('comment');
      await sql.query('begin');
      await sql.query('delete from ticket where id = $1', [id]);
      const waiting = say(id, 'Too late', { op_id });
      const watcher = new pg.Client(database.connection);
      await watcher.connect();
      await lockWaiter(watcher, 'insert into comment').finally(() => watcher.end());
      await sql.query('commit');
      const { status, body } = await waiting;
      expect([status, body.code]).toEqual([410, 'gone']);
      expect(await count('comment')).toBe(before);
      if (op_id !== undefined) expect((await say(id, 'Too late', { op_id })).status).toBe(410);
    });

    it('a deletion that comes second takes the comment along', async () => {
      const { id } = await rest.create();
      await sql.query('begin');
      await sql.query(`insert into comment (ticket_id, body, internal) values ($1, 'Just so', false)`, [id]);
      const waiting = rest.delete(`/api/tickets/${id}`);
      const watcher = new pg.Client(database.connection);
      await watcher.connect();
      await lockWaiter(watcher, 'delete from ticket').finally(() => watcher.end());
      await sql.query('commit');
      expect((await waiting).status).toBe(204);
      const { rows } = await sql.query<{ type: string }>(
        `select type from event where ticket_id = $1 and type <> 'ticket.created' order by id`,
        [id],
      );
      expect(rows.map(({ type }) => type)).toEqual(['comment.created', 'ticket.deleted']);
    });

    it('is never a fault of ours, and comments stand in the log before the deletion', async () => {
      for (let round = 0; round < 6; round += 1) {
        const { id } = await rest.create();
        const calls = Array.from({ length: 6 }, (_, n) =>
          say(id, `Comment ${n}`, n % 2 === 0 ? {} : { op_id: randomUUID() }),
        );
        const [answers, removed] = await Promise.all([Promise.all(calls), rest.delete(`/api/tickets/${id}`)]);
        expect(removed.status).toBe(204);
        const made = answers.filter(({ status }) => status === 201).length;
        expect(answers.filter(({ status }) => status === 410)).toHaveLength(6 - made);
        const { rows } = await sql.query<{ type: string }>(
          'select type from event where ticket_id = $1 order by id',
          [id],
        );
        expect(rows.map(({ type }) => type)).toEqual([
          'ticket.created',
          ...Array.from({ length: made }, () => 'comment.created'),
          'ticket.deleted',
        ]);
      }
    });
  });

  describe('repeated', () => {
    it.each(['op_id', 'Idempotency-Key'])('by %s is said once', async (way) => {
      const { id } = await rest.create();
      const key = randomUUID();
      const send = () =>
        way === 'op_id'
          ? say(id, 'Once', { op_id: key })
          : as(ann).post<Comment>(pathOf(id), { body: 'Once', internal: false }, { [way]: key });
      const first = await send();
      const twins = await Promise.all([send(), send(), send()]);
      for (const twin of twins) {
        expect([twin.status, twin.body, twin.headers.get('location')]).toEqual([
          201,
          first.body,
          first.headers.get('location'),
        ]);
      }
      expect((await list(pathOf(id))).results).toEqual([first.body]);
      expect((await eventsOf(id)).filter(({ type }) => type === 'comment.created')).toHaveLength(1);
    });

    it('with another body is refused; by somebody else, or of another ticket, it is another comment', async () => {
      const { id } = await rest.create();
      const op_id = randomUUID();
      const first = await say(id, 'Mine', { op_id });
      for (const other of [{ body: 'Changed' }, { internal: true }]) {
        expect((await say(id, 'Mine', { op_id, ...other })).body.code).toBe('op_id_reused');
      }
      const theirs = await as(await signIn(database.connection, { name: 'Bob' })).post<Comment>(pathOf(id), {
        body: 'Mine',
        internal: false,
        op_id,
      });
      expect([theirs.status, theirs.body.author.name]).toEqual([201, 'Bob']);
      expect(theirs.body.id).not.toBe(first.body.id);
      expect((await say((await rest.create()).id, 'Mine', { op_id })).status).toBe(201);
      expect((await list(pathOf(id))).count).toBe(2);
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Identity } from '../src/auth/identity.js';
import type { FeedEvent } from '../src/contract/events.js';
import type { Problem } from '../src/contract/problem.js';
import type { TicketList } from '../src/contract/queries.js';
import type { Ticket } from '../src/contract/ticket.js';
import { TicketsService } from '../src/tickets/tickets.service.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { lockWaiter } from './support/lock-waiter.js';
import { Random } from './support/random.js';
import { type Answer, RestClient } from './support/rest-client.js';
import { makeToken, type Member, signIn } from './support/sign-in.js';

const SEED = Random.seed();

type Outcome = Answer<Ticket & Omit<Problem, 'status'>>;

describe('claim', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let rest: RestClient;
  let ann: Member;
  let bob: Member;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    ann = await signIn(database.connection, { name: 'Ann' });
    bob = await signIn(database.connection, { name: 'Bob' });
    desk = await startDesk(database.connection);
    rest = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const as = ({ headers }: Pick<Member, 'headers'>) => new RestClient(desk.url, headers);
  const claim = (caller: Pick<Member, 'headers'>, id: number): Promise<Outcome> =>
    as(caller).send('POST', `/api/tickets/${id}/claim`);
  const read = async (id: number) => (await rest.get<Ticket>(`/api/tickets/${id}`)).body;
  const ref = ({ id, name }: Member) => ({ id, name });
  const changesOf = async (id: number) =>
    (
      await sql.query<Pick<FeedEvent, 'actor' | 'changes'>>(
        `select actor, changes from event where ticket_id = $1 and type = 'ticket.updated' order by id`,
        [id],
      )
    ).rows;

  it('gives a ticket that nobody has to the caller, as one change', async () => {
    const { id } = await rest.create();
    const { status, body, headers } = await claim(ann, id);
    expect([status, body.assignee, body.version, headers.get('etag')]).toEqual([200, ref(ann), 2, '"2"']);
    expect(await read(id)).toEqual(body);
    expect(await changesOf(id)).toEqual([
      { actor: { kind: 'agent', ...ref(ann) }, changes: { assignee: [null, ann.id] } },
    ]);
  });

  it('of what is theirs already succeeds and changes nothing', async () => {
    const { id } = await rest.create();
    const first = await claim(ann, id);
    const second = await claim(ann, id);
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect(await changesOf(id)).toHaveLength(1);
  });

  it('of what somebody else has is a 409 that names the holder and shows the ticket', async () => {
    const { id } = await rest.create();
    const { body: taken } = await claim(ann, id);
    const { status, body } = await claim(bob, id);
    expect([status, body.code, body.holder, body.ticket]).toEqual([409, 'already_claimed', ref(ann), taken]);
    expect(await read(id)).toEqual(taken);
  });

  it('can be taken again once it was given back', async () => {
    const { id } = await rest.create();
    await claim(ann, id);
    await rest.patch(`/api/tickets/${id}`, { assignee: null });
    expect((await claim(bob, id)).body.assignee).toEqual(ref(bob));
  });

  it('by a token is its maker’s, in the name of the token', async () => {
    const { id } = await rest.create();
    const token = await makeToken(database.connection, ann, ['tickets:write']);
    expect((await claim(token, id)).body.assignee).toEqual(ref(ann));
    expect(await changesOf(id)).toEqual([
      { actor: { kind: 'token', id: token.id, name: 'a script' }, changes: { assignee: [null, ann.id] } },
    ]);
    expect((await claim(ann, id)).status).toBe(200);
  });

  it('says what there is not: 404, 410, and 400 for what is no id', async () => {
    const { id } = await rest.create();
    await rest.delete(`/api/tickets/${id}`);
    expect((await claim(ann, id)).body.code).toBe('gone');
    expect((await claim(ann, 987_654_321)).body.code).toBe('not_found');
    const none = await as(ann).send<Problem>('POST', '/api/tickets/none/claim');
    expect([none.status, none.body.errors?.map(({ field }) => field)]).toEqual([400, ['id']]);
  });

  it('is not for who is not signed in, nor for a token that may only read', async () => {
    const { id } = await rest.create();
    const reader = await makeToken(database.connection, ann, ['tickets:read']);
    expect((await claim({ headers: {} }, id)).status).toBe(401);
    expect((await claim(reader, id)).status).toBe(403);
    expect((await read(id)).version).toBe(1);
  });

  it('is not for who cannot be assigned', async () => {
    const { id } = await rest.create();
    const carl = await signIn(database.connection, { name: 'Carl' });
    const caller: Identity = {
      kind: 'person',
      key: `person:${carl.id}`,
      actor: { kind: 'agent', ...ref(carl) },
      person: { ...ref(carl), role: 'agent' },
      grants: new Set(['agent']),
      credential: null,
    };
    await sql.query('update person set disabled_at = now() where id = $1', [carl.id]);
    const service = desk.app.get(TicketsService);
    const forbidden = { problem: { status: 403, code: 'forbidden' } };
    await expect(service.claim(id, caller)).rejects.toMatchObject(forbidden);
    await expect(service.claim(id, { ...caller, person: null })).rejects.toMatchObject(forbidden);
    expect((await read(id)).version).toBe(1);
  });

  describe('at the same moment', () => {
    it(`of 50 people one has it, and 49 hear who (TEST_SEED ${SEED})`, async () => {
      const random = new Random(SEED);
      const people: Member[] = [];
      for (let n = 1; n <= 50; n += 1) {
        people.push(await signIn(database.connection, { name: `Claimer ${n}` }));
      }
      for (let round = 0; round < 3; round += 1) {
        const { id } = await rest.create();
        const answers = await Promise.all(random.shuffled(people).map((person) => claim(person, id)));
        const won = answers.filter(({ status }) => status === 200);
        const lost = answers.filter(({ status }) => status === 409);
        expect([won.length, lost.length]).toEqual([1, 49]);
        const holder = won[0]!.body.assignee;
        for (const { body } of lost) {
          expect([body.code, body.holder, body.ticket?.assignee]).toEqual([
            'already_claimed',
            holder,
            holder,
          ]);
        }
        expect(await read(id)).toEqual(won[0]!.body);
        expect(await changesOf(id)).toHaveLength(1);
      }
    });

    /** What a claim answers that found another writer's uncommitted change, once that has ended in `end`. */
    async function claimBehind(id: number, change: string, end: 'commit' | 'rollback'): Promise<Outcome> {
      const other = new pg.Client(database.connection);
      await other.connect();
      try {
        await other.query('begin');
        await other.query(change, [id]);
        const waiting = claim(ann, id);
        await lockWaiter(sql, 'update ticket');
        await other.query(end);
        return await waiting;
      } finally {
        await other.end();
      }
    }

    it('waits for another’s assignment, and loses against it', async () => {
      const { id } = await rest.create();
      const change = `update ticket set assignee_id = '${bob.id}' where id = $1`;
      const { status, body } = await claimBehind(id, change, 'commit');
      expect([status, body.holder, body.ticket?.version]).toEqual([409, ref(bob), 2]);
    });

    it('wins when that assignment does not come about', async () => {
      const { id } = await rest.create();
      const change = `update ticket set assignee_id = '${bob.id}' where id = $1`;
      const { status, body } = await claimBehind(id, change, 'rollback');
      expect([status, body.assignee, body.version]).toEqual([200, ref(ann), 2]);
    });

    it('is kept beside another’s change of another field', async () => {
      const { id } = await rest.create();
      const { status, body } = await claimBehind(
        id,
        `update ticket set status = 'closed' where id = $1`,
        'commit',
      );
      expect([status, body.assignee, body.status, body.version]).toEqual([200, ref(ann), 'closed', 3]);
    });

    it('finds a ticket gone that was deleted meanwhile', async () => {
      const { id } = await rest.create();
      const { status, body } = await claimBehind(id, 'delete from ticket where id = $1', 'commit');
      expect([status, body.code]).toEqual([410, 'gone']);
    });

    it(`as a change of the assignee by REST: one of the two happens (TEST_SEED ${SEED})`, async () => {
      const random = new Random(SEED);
      for (let round = 0; round < 12; round += 1) {
        const { id } = await rest.create();
        const patch = () => rest.patch<Problem>(`/api/tickets/${id}`, { assignee: bob.id, base_version: 1 });
        const claimFirst = random.chance(0.5);
        const both = claimFirst ? ([claim(ann, id), patch()] as const) : ([patch(), claim(ann, id)] as const);
        const statuses = (await Promise.all(both)).map(({ status }) => status);
        expect([...statuses].sort()).toEqual([200, 409]);
        const claimed = (statuses[0] === 200) === claimFirst;
        expect((await read(id)).assignee).toEqual(ref(claimed ? ann : bob));
      }
    });

    it('as a deletion by REST: claimed and gone, or only gone', async () => {
      for (let round = 0; round < 8; round += 1) {
        const { id } = await rest.create();
        const [taken, removed] = await Promise.all([claim(ann, id), rest.delete(`/api/tickets/${id}`)]);
        expect([200, 410]).toContain(taken.status);
        expect(removed.status).toBe(204);
        const types = await sql.query<{ type: string }>(
          'select type from event where ticket_id = $1 order by id',
          [id],
        );
        expect(types.rows.map(({ type }) => type)).toEqual([
          'ticket.created',
          ...(taken.status === 200 ? ['ticket.updated'] : []),
          'ticket.deleted',
        ]);
      }
    });
  });

  describe('and assigning', () => {
    let carl: Member;
    const disable = (person: Member) =>
      sql.query('update person set disabled_at = now() where id = $1', [person.id]);
    beforeAll(async () => {
      carl = await signIn(database.connection, { name: 'Carl' });
    });

    it('refuses somebody who is disabled, and applies nothing', async () => {
      const { id } = await rest.create();
      const gone = await signIn(database.connection, { name: 'Gone' });
      await disable(gone);
      for (const base of [{}, { base_version: 1 }]) {
        const { status, body } = await rest.patch<Problem>(`/api/tickets/${id}`, {
          assignee: gone.id,
          title: 'Other',
          ...base,
        });
        expect([status, body.errors?.map(({ field }) => field)]).toEqual([400, ['assignee']]);
      }
      expect(await read(id)).toMatchObject({ version: 1, assignee: null, title: 'A ticket' });
    });

    it('leaves a ticket with who was disabled since, and lets it be worked on', async () => {
      const { id } = await rest.create();
      await claim(carl, id);
      await disable(carl);
      const kept = await rest.patch(`/api/tickets/${id}`, { assignee: carl.id, status: 'in_progress' });
      expect([kept.status, kept.body.assignee, kept.body.version]).toEqual([200, ref(carl), 3]);
      expect((await claim(ann, id)).body.holder).toEqual(ref(carl));
      const away = await rest.patch(`/api/tickets/${id}`, { assignee: ann.id });
      expect([away.status, away.body.assignee]).toEqual([200, ref(ann)]);
      expect((await rest.patch(`/api/tickets/${id}`, { assignee: carl.id })).status).toBe(400);
    });
  });

  it('shows each their own under assignee=me, a token its maker’s', async () => {
    const dora = await signIn(database.connection, { name: 'Dora' });
    const token = await makeToken(database.connection, dora, ['tickets:read', 'tickets:write']);
    const mine = [await rest.create(), await rest.create()].map(({ id }) => id);
    for (const id of mine) await claim(dora, id);
    for (const caller of [dora, token]) {
      const { body } = await as(caller).get<TicketList>('/api/tickets?assignee=me');
      expect([body.count, body.results.map(({ id }) => id)]).toEqual([2, [...mine].reverse()]);
    }
    expect((await rest.get<TicketList>('/api/tickets?assignee=me')).body.count).toBe(0);
  });
});

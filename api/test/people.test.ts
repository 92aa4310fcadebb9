import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import {
  type Assignees,
  type Invitation,
  type PasswordLink,
  type Person,
  person,
} from '../src/contract/people.js';
import type { Problem } from '../src/contract/problem.js';
import type { PersonList } from '../src/contract/queries.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { RestClient } from './support/rest-client.js';
import { AGENT, makeToken, type Member, signIn } from './support/sign-in.js';

const PASSWORD = 'a long enough password';
const DAY_MS = 86_400_000;
/** How long another process may go by what it knew, and what a busy machine adds to that. */
const REMEMBERED_MS = 3_000;
const MARGIN_MS = 5_000;

describe('people', () => {
  let database: TestDatabase;
  let sql: pg.Client;
  let desk: Desk;
  let admin: RestClient;
  let nobody: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = new pg.Client(database.connection);
    await sql.connect();
    desk = await startDesk(database.connection);
    admin = new RestClient(desk.url);
    nobody = new RestClient(desk.url, {});
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const as = ({ headers }: Pick<Member, 'headers'>, at = desk) => new RestClient(at.url, headers);
  const address = () => `${randomUUID()}@example.com`;
  async function invite(fields: object = {}): Promise<Invitation> {
    const answer = await admin.post<Invitation>('/api/people', {
      name: 'Ida',
      email: address(),
      role: 'agent',
      ...fields,
    });
    expect(answer.status).toBe(201);
    return answer.body;
  }
  const patch = (id: string, fields: object, by = admin) => by.patch<Person>(`/api/people/${id}`, fields);
  const setPassword = (link: PasswordLink) =>
    nobody.post<Problem | null>('/api/auth/reset-password', {
      token: new URL(link.url).hash.slice(1),
      password: PASSWORD,
    });
  /** An administrator who has a way to sign in, as the last one must. */
  async function administrator(name: string): Promise<Member> {
    const member = await signIn(database.connection, { name, role: 'admin' });
    await sql.query(
      `insert into account (id, account_id, provider_id, person_id) values ($1, $1, 'credential', $1)`,
      [member.id],
    );
    return member;
  }
  const records = async (id: string) =>
    (
      await sql.query<{ action: string; actor: { id: string }; details: unknown; address: string }>(
        `select action, actor, details, address from audit where target ->> 'id' = $1 order by id`,
        [id],
      )
    ).rows;

  describe('inviting', () => {
    it('makes somebody who comes in by the link, once', async () => {
      const email = address();
      const { person: made, link } = await invite({ name: '  Ida ', email: email.toUpperCase() });
      expect(made).toEqual({
        id: expect.any(String),
        name: 'Ida',
        email,
        role: 'agent',
        disabled: false,
        created_at: expect.any(String),
        last_sign_in_at: null,
      });
      person.parse(made);
      expect(link.url).toMatch(new RegExp(`^${desk.url}/reset-password#[\\w-]{40,}$`));
      expect(Date.parse(link.expires_at) - Date.now()).toBeGreaterThan(DAY_MS - 60_000);
      expect(Date.parse(link.expires_at) - Date.now()).toBeLessThanOrEqual(DAY_MS);

      expect((await setPassword(link)).status).toBe(204);
      expect((await setPassword(link)).status).toBe(410);
      // Whoever holds the link need not be Ida, but hers is the password.
      expect((await records(made.id)).slice(1)).toEqual([
        {
          action: 'password_reset',
          actor: { kind: 'requester', id: null, name: 'Somebody' },
          details: {},
          address: expect.stringContaining('127.0.0.1'),
        },
      ]);
      const session = await nobody.post('/api/auth/sign-in/email', { email, password: PASSWORD });
      expect(session.status).toBe(200);
      const { results } = (await admin.get<PersonList>('/api/people?page_size=100')).body;
      expect(results.find(({ id }) => id === made.id)?.last_sign_in_at).toEqual(expect.any(String));
    });

    it('is recorded with who, what and from where, but not with the link', async () => {
      const { person: made, link } = await invite({ role: 'admin' });
      expect(await records(made.id)).toEqual([
        {
          action: 'person_created',
          actor: { kind: 'agent', id: AGENT.id, name: AGENT.name },
          details: { email: made.email, role: 'admin' },
          address: expect.stringContaining('127.0.0.1'),
        },
      ]);
      const { rows } = await sql.query<{ everything: string }>(
        `select coalesce(string_agg(audit::text, ''), '') || (select string_agg(v::text, '') from verification v) as everything
         from audit`,
      );
      expect(rows[0]!.everything).not.toContain(new URL(link.url).hash.slice(1));
    });

    it('names an address that somebody has, whatever its letter case', async () => {
      const { person: made } = await invite();
      const answer = await admin.post<Problem>('/api/people', {
        name: 'Twin',
        email: made.email!.toUpperCase(),
        role: 'agent',
      });
      expect(answer.status).toBe(409);
      expect(answer.body.errors).toEqual([{ field: 'email', message: expect.any(String) }]);
      const other = await invite();
      expect((await patch(other.person.id, { email: made.email })).status).toBe(409);
    });
  });

  describe('changing', () => {
    it('sets what is given, and says in the log and in the record who did it', async () => {
      const { person: made } = await invite({ name: 'Before' });
      const email = address();
      const { status, body } = await patch(made.id, { name: 'After', email, role: 'admin' });
      expect(status).toBe(200);
      expect(body).toEqual({ ...made, name: 'After', email, role: 'admin' });
      const actor = { kind: 'agent', id: AGENT.id, name: AGENT.name };
      expect((await records(made.id)).at(-1)).toMatchObject({
        action: 'person_changed',
        actor,
        details: { name: ['Before', 'After'], email: [made.email, email], role: ['agent', 'admin'] },
      });
      const { rows } = await sql.query(
        `select actor, changes from event where type = 'person.updated' and person ->> 'id' = $1
         order by id desc limit 1`,
        [made.id],
      );
      expect(rows[0]).toEqual({ actor, changes: { name: ['Before', 'After'], role: ['agent', 'admin'] } });
    });

    it('is not recorded when it changes nothing', async () => {
      const { person: made } = await invite();
      const { name, email, role, disabled } = made;
      expect((await patch(made.id, {})).body).toEqual(made);
      expect((await patch(made.id, { name, email, role, disabled })).body).toEqual(made);
      expect(await records(made.id)).toHaveLength(1);
    });

    it('takes nobody who is not there, and no fields that are not known', async () => {
      expect((await patch('nobody', { name: 'X' })).status).toBe(404);
      expect((await patch(AGENT.id, { id: 'other' })).status).toBe(400);
      expect((await patch(AGENT.id, { role: 'owner' })).status).toBe(400);
    });

    it('is for administrators and their tokens only', async () => {
      const { person: made } = await invite();
      const agent = await signIn(database.connection);
      const tickets = await makeToken(database.connection, AGENT, ['tickets:read', 'tickets:write']);
      const full = await makeToken(database.connection, AGENT, ['admin']);
      for (const [caller, status] of [
        [nobody, 401],
        [as(agent), 403],
        [as(tickets), 403],
        [as(full), 200],
      ] as const) {
        expect((await patch(made.id, { name: `By ${status}` }, caller)).status).toBe(status);
        expect((await caller.get('/api/people')).status).toBe(status);
      }
      expect((await records(made.id)).at(-1)).toMatchObject({ actor: { kind: 'token', id: full.id } });
    });
  });

  describe('who loses their rights', () => {
    it('is cut off when disabled: sessions, tokens and links, here at once and elsewhere within 3 s', async () => {
      const elsewhere = await startDesk(database.connection);
      try {
        const { person: made, link } = await invite();
        await sql.query(
          `insert into session (id, token, person_id, expires_at)
           values (gen_random_uuid()::text, $1, $1, now() + interval '1 day')`,
          [made.id],
        );
        const session = { headers: { cookie: `signalbox.session_token=${made.id}` } };
        const token = await makeToken(database.connection, made, ['tickets:read']);
        const callers = [session, token];
        for (const caller of callers) {
          expect((await as(caller).get('/api/tickets')).status).toBe(200);
          expect((await as(caller, elsewhere).get('/api/tickets')).status).toBe(200);
        }
        expect((await patch(made.id, { disabled: true })).body.disabled).toBe(true);
        const since = performance.now();
        for (const caller of callers) expect((await as(caller).get('/api/tickets')).status).toBe(401);
        await eventually(async () => {
          for (const caller of callers) {
            expect((await as(caller, elsewhere).get('/api/tickets')).status).toBe(401);
          }
        });
        expect(performance.now() - since).toBeLessThan(REMEMBERED_MS + MARGIN_MS);
        expect((await setPassword(link)).status).toBe(410);

        // Enabled again, what was ended stays ended; the tokens were never revoked.
        expect((await patch(made.id, { disabled: false })).body.disabled).toBe(false);
        expect((await as(session).get('/api/tickets')).status).toBe(401);
        expect((await as(token).get('/api/tickets')).status).toBe(200);
      } finally {
        await elsewhere.stop();
      }
    });

    it('cannot give themselves back what was taken, not even where it is not known yet', async () => {
      const elsewhere = await startDesk(database.connection);
      try {
        const ada = await administrator('Ada');
        const token = await makeToken(database.connection, ada, ['admin']);
        const callers = [ada, token].map((caller) => as(caller, elsewhere));
        for (const caller of callers) expect((await caller.get('/api/people')).status).toBe(200);
        expect((await patch(ada.id, { role: 'agent' })).status).toBe(200);
        for (const caller of callers) {
          const promoted = await patch(ada.id, { role: 'admin' }, caller);
          expect([401, 403]).toContain(promoted.status);
        }
        expect((await as(token, elsewhere).get('/api/people')).status).toBe(403);
      } finally {
        await elsewhere.stop();
      }
    });

    it('is signed out when demoted, except by themselves', async () => {
      const [ada, bo] = [await administrator('Ada'), await administrator('Bo')];
      expect((await patch(ada.id, { role: 'agent' }, as(bo))).status).toBe(200);
      expect((await as(ada).get('/api/tickets')).status).toBe(401);
      expect((await patch(bo.id, { role: 'agent' }, as(bo))).status).toBe(200);
      expect((await as(bo).get('/api/tickets')).status).toBe(200);
      expect((await as(bo).get('/api/people')).status).toBe(403);
    });

    it('is signed out everywhere when an administrator says so', async () => {
      const agent = await signIn(database.connection);
      expect((await as(agent).get('/api/tickets')).status).toBe(200);
      expect((await admin.post(`/api/people/${agent.id}/sign-out`, {})).status).toBe(204);
      expect((await as(agent).get('/api/tickets')).status).toBe(401);
      expect((await records(agent.id)).map(({ action }) => action)).toEqual(['sign_out_everywhere']);
      expect((await admin.post('/api/people/nobody/sign-out', {})).status).toBe(404);
    });
  });

  describe('the last administrator', () => {
    const demoteAll = async () => {
      await sql.query(`update person set role = 'agent' where id <> $1 and role = 'admin'`, [AGENT.id]);
    };

    it.each([{ role: 'agent' }, { disabled: true }])('stays one: not %j', async (change) => {
      await demoteAll();
      // Neither somebody who is disabled nor somebody who has no way to sign in could take over.
      await invite({ role: 'admin' });
      const disabled = await administrator('Asleep');
      await sql.query('update person set disabled_at = now() where id = $1', [disabled.id]);
      const answer = await admin.patch<Problem>(`/api/people/${AGENT.id}`, change);
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({
        code: 'conflict',
        detail: expect.stringMatching(/last administrator/),
      });
      expect((await admin.get('/api/people')).status).toBe(200);

      const other = await administrator('Other');
      expect((await patch(AGENT.id, { role: 'agent' })).status).toBe(200);
      expect((await patch(AGENT.id, { role: 'admin' }, as(other))).status).toBe(200);
    });

    it('stays one when two demote each other at the same moment', async () => {
      await demoteAll();
      const [bo, cy] = [await administrator('Bo'), await administrator('Cy')];
      await patch(AGENT.id, { role: 'agent' });
      const holder = new pg.Client(database.connection);
      await holder.connect();
      await holder.query('begin');
      await holder.query('select from person where id = any ($1) for update', [[bo.id, cy.id]]);
      const answers = Promise.all([
        patch(cy.id, { role: 'agent' }, as(bo)),
        patch(bo.id, { disabled: true }, as(cy)),
      ]);
      try {
        await eventually(async () => {
          const { rows } = await sql.query<{ waiting: number }>(
            `select count(*)::int as waiting from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'`,
          );
          expect(rows[0]!.waiting).toBe(2);
        });
      } finally {
        await holder.end();
      }
      const statuses = (await answers).map(({ status }) => status);
      expect([...statuses].sort()).toEqual([200, 409]);
      const left = statuses[0] === 200 ? bo : cy;
      expect((await patch(AGENT.id, { role: 'admin' }, as(left))).status).toBe(200);
    });
  });

  describe('password links', () => {
    const newLink = (id: string) => admin.post<PasswordLink>(`/api/people/${id}/password-link`, {});

    it('replace each other, and end with the address', async () => {
      const { person: made, link: first } = await invite();
      const { status, body: second } = await newLink(made.id);
      expect(status).toBe(201);
      expect((await setPassword(first)).status).toBe(410);
      await patch(made.id, { email: address() });
      expect((await setPassword(second)).status).toBe(410);
      expect((await setPassword((await newLink(made.id)).body)).status).toBe(204);
      const actions = (await records(made.id)).map(({ action }) => action);
      expect(actions.filter((action) => action === 'password_link_made')).toHaveLength(2);
    });

    it('are worth one however many are made at the same moment', async () => {
      const { person: made } = await invite();
      const links = await Promise.all(Array.from({ length: 6 }, () => newLink(made.id)));
      const uses = [];
      for (const { body } of links) uses.push((await setPassword(body)).status);
      expect(uses.sort()).toEqual([204, 410, 410, 410, 410, 410]);
    });

    it('are not made for those who cannot sign in, or are not there', async () => {
      const { person: made } = await invite();
      await patch(made.id, { disabled: true });
      expect((await newLink(made.id)).status).toBe(409);
      await sql.query(`insert into person (id, name) values ('nameonly', 'By name only')`);
      expect((await newLink('nameonly')).status).toBe(409);
      expect((await newLink('nobody')).status).toBe(404);
    });
  });

  describe('lists', () => {
    it('have everybody, page by page, with those who are disabled last', async () => {
      const { person: made } = await invite({ name: 'AAA first' });
      await patch(made.id, { disabled: true });
      const found: Person[] = [];
      let next: string | null = '/api/people?page_size=3';
      let count = 0;
      while (next !== null) {
        const { body, headers }: { body: PersonList; headers: Headers } = await admin.get<PersonList>(next);
        expect(headers.get('link')).toContain('rel="first"');
        found.push(...body.results);
        ({ next, count } = body);
      }
      expect(new Set(found.map(({ id }) => id)).size).toBe(count);
      expect(found.length).toBe(count);
      expect(found.findIndex(({ disabled }) => disabled)).toBeGreaterThan(
        found.findLastIndex(({ disabled }) => !disabled),
      );
    });

    it('of assignees have all who are not disabled, by name, for whoever works here', async () => {
      const { person: made } = await invite({ name: 'Zoe' });
      const agent = await signIn(database.connection, { name: 'abel' });
      const names = (await as(agent).get<Assignees>('/api/assignees')).body.results.map(({ name }) => name);
      expect(names).toEqual([...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
      expect(names).toEqual(expect.arrayContaining(['Zoe', 'abel']));
      await patch(made.id, { disabled: true });
      const { results } = (await as(agent).get<Assignees>('/api/assignees')).body;
      expect(results.map(({ id }) => id)).not.toContain(made.id);
      expect((await nobody.get('/api/assignees')).status).toBe(401);
    });
  });
});

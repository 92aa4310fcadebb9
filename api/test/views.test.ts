import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { Problem } from '../src/contract/problem.js';
import { type View, type ViewList, VIEWS_MAX } from '../src/contract/views.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { RestClient } from './support/rest-client.js';
import { type Member, signIn } from './support/sign-in.js';

describe('saved views', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;
  let members: Record<'ann' | 'ben' | 'root', Member>;
  let ann: RestClient;
  let ben: RestClient;
  let root: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection);
    sql = new pg.Client(database.connection);
    await sql.connect();
    members = {
      ann: await signIn(database.connection, { name: 'Ann' }),
      ben: await signIn(database.connection, { name: 'Ben' }),
      root: await signIn(database.connection, { name: 'Root', role: 'admin' }),
    };
    [ann, ben, root] = [members.ann, members.ben, members.root].map(
      ({ headers }) => new RestClient(desk.url, headers),
    ) as [RestClient, RestClient, RestClient];
  });
  afterAll(async () => {
    await sql.end();
    await desk.stop();
    await database.drop();
  });

  const save = async (who: RestClient, fields: object = {}): Promise<View> => {
    const whole = { name: `View ${randomUUID()}`, query: 'status=open', ...fields };
    const { status, body } = await who.post<View>('/api/views', whole);
    expect([status, body]).toEqual([201, body]);
    return body;
  };
  const seenBy = async (who: RestClient): Promise<View[]> =>
    (await who.get<ViewList>('/api/views')).body.results;

  it('are one’s own until they are shared, and then everybody’s to see', async () => {
    const view = await save(ann, { name: 'Mine', query: 'assignee=me&status=open,in_progress' });
    expect(view).toEqual({
      id: view.id,
      name: 'Mine',
      query: 'assignee=me&status=open,in_progress',
      shared: false,
      owner: { id: members.ann.id, name: 'Ann' },
    });
    expect(await seenBy(ann)).toContainEqual(view);
    for (const other of [ben, root]) expect(await seenBy(other)).not.toContainEqual(view);
    const shared = (await ann.patch<View>(`/api/views/${view.id}`, { shared: true })).body;
    expect(shared).toEqual({ ...view, shared: true });
    for (const anybody of [ann, ben, root]) expect(await seenBy(anybody)).toContainEqual(shared);
  });

  it('come by name, in whatever case', async () => {
    for (const name of ['beta', 'Alpha', 'Gamma']) await save(ben, { name: `order ${name}` });
    const names = (await seenBy(ben)).map(({ name }) => name).filter((name) => name.startsWith('order'));
    expect(names).toEqual(['order Alpha', 'order beta', 'order Gamma']);
  });

  it('are changed and deleted by who saved them, and shared ones by administrators', async () => {
    const own = `/api/views/${(await save(ann)).id}`;
    const shared = `/api/views/${(await save(ann, { shared: true })).id}`;
    for (const other of [ben, root]) {
      expect((await other.patch(own, { name: 'Taken' })).status).toBe(404);
      expect((await other.delete(own)).status).toBe(404);
    }
    expect((await ben.patch(shared, { name: 'Taken' })).status).toBe(403);
    expect((await ben.delete(shared)).status).toBe(403);
    expect((await root.patch<View>(shared, { name: 'By Root' })).body).toMatchObject({
      name: 'By Root',
      owner: { name: 'Ann' },
    });
    expect((await ann.patch<View>(shared, {})).body.name).toBe('By Root');
    expect((await root.delete(shared)).status).toBe(204);
    expect((await ann.delete(own)).status).toBe(204);
    expect((await ann.delete(own)).status).toBe(404);
  });

  it.each([
    '',
    'status=open&priority=critical,high&category=billing&assignee=none',
    'search=%C3%A4rger%20%26%20co&created_after=2026-01-01&created_before=2026-02-01T00:00:00Z',
    'ordering=-priority',
  ])('hold what a list of tickets takes: %s', async (query) => {
    const view = await save(ann, { query });
    expect(view.query).toBe(query);
    expect((await ann.get(`/api/tickets?${view.query}`)).status).toBe(200);
    await ann.delete(`/api/views/${view.id}`);
  });

  it.each([
    ['page=2', 'page'],
    ['page_size=50', 'page_size'],
    ['cursor=x', 'cursor'],
    ['status=open&colour=red', 'colour'],
    ['?status=open', '?status'],
    ['status=lost', 'status'],
    ['status=open&status=closed', 'status'],
    ['created_after=yesterday', 'created_after'],
    ['assignee=', 'assignee'],
    ['__proto__=x', '__proto__'],
    ['constructor=x', 'constructor'],
  ])('hold nothing else: %s', async (query, named) => {
    const { id } = await save(ann);
    for (const answer of [
      await ann.post<Problem>('/api/views', { name: 'Bad', query }),
      await ann.patch<Problem>(`/api/views/${id}`, { query }),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([{ field: 'query', message: expect.stringContaining(named) }]);
    }
    await ann.delete(`/api/views/${id}`);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(61) }, 'name'],
    [{ query: `search=${'x'.repeat(1_000)}` }, 'query'],
    [{ shared: 'yes' }, 'shared'],
    [{ owner: 'ann' }, 'owner'],
  ])('are refused with %j', async (fields, field) => {
    const { status, body } = await ann.post<Problem>('/api/views', { name: 'V', query: '', ...fields });
    expect([status, body.errors?.map((error) => error.field)]).toEqual([400, [field]]);
  });

  it(`are at most ${VIEWS_MAX} of one person, however many are saved at once`, async () => {
    const { id, headers } = await signIn(database.connection, { name: 'Cat' });
    const cat = new RestClient(desk.url, headers);
    await sql.query(
      `insert into saved_view (owner_id, name, query, shared)
       select $1, 'View ' || n, '', false from generate_series(1, $2::int) n`,
      [id, VIEWS_MAX - 3],
    );
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        cat.post<View | Problem>('/api/views', { name: 'One more', query: '' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    const refused = answers.filter(({ status }) => status !== 201);
    for (const { status, body } of refused) {
      expect([status, (body as Problem).detail]).toEqual([409, expect.stringContaining(String(VIEWS_MAX))]);
    }
    expect(await seenBy(cat)).toHaveLength(
      VIEWS_MAX + (await seenBy(cat)).filter(({ shared }) => shared).length,
    );
    // Others are not hindered, and who deletes one can save one.
    await save(ann);
    const [one] = (await seenBy(cat)).filter(({ owner }) => owner.id === id);
    await cat.delete(`/api/views/${one!.id}`);
    await save(cat);
  });

  it('go with who saved them', async () => {
    const { id, headers } = await signIn(database.connection, { name: 'Dan' });
    const view = await save(new RestClient(desk.url, headers), { shared: true });
    await sql.query('delete from person where id = $1', [id]);
    expect((await seenBy(ann)).map((seen) => seen.id)).not.toContain(view.id);
  });
});

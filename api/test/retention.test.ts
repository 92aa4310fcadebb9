import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import { AuditRetention } from '../src/audit/audit-retention.js';
import type { FeedEvent } from '../src/contract/events.js';
import type { EventLogPage, EventPage } from '../src/contract/queries.js';
import type { Problem } from '../src/contract/problem.js';
import { EventLog } from '../src/event-log/event-log.js';
import { EventRetention } from '../src/event-log/event-retention.js';
import { ResumeWindow } from '../src/event-log/resume-window.js';
import { Metrics } from '../src/metrics/metrics.js';
import { SeriesProjector } from '../src/series/series-projector.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { FeedClient } from './support/feed-client.js';
import { violations } from './support/oracle.js';
import { RestClient } from './support/rest-client.js';

describe('retention', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;
  let admin: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection, {
      FEED_WINDOW_DAYS: '7',
      EVENT_RETENTION_DAYS: '30',
      AUDIT_RETENTION_DAYS: '90',
    });
    sql = new pg.Client(database.connection);
    await sql.connect();
    admin = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const number = async (text: string) => Number((await sql.query<{ n: string }>(text)).rows[0]!.n);
  const history = async (id: number) =>
    (await admin.get<{ results: FeedEvent[] }>(`/api/tickets/${id}/history`)).body.results.toReversed();
  const series = async () => (await admin.get('/api/tickets/stats/series')).body;
  const lock = (name: string) =>
    `select pg_advisory_xact_lock(hashtext('one at a time'), hashtext('${name}'))`;
  const purge = () => desk.app.get(EventRetention).purge();

  it('removes what was overwritten of tickets closed long ago, and nothing that anybody needs', async () => {
    const [settled, open] = [await admin.create(), await admin.create()];
    const live = async (id: number) => {
      await admin.patch(`/api/tickets/${id}`, { priority: 'high' });
      await admin.patch(`/api/tickets/${id}`, { status: 'in_progress', title: 'Once' });
      await admin.post(`/api/tickets/${id}/comments`, { body: 'An answer', internal: false });
      await admin.patch(`/api/tickets/${id}`, { priority: 'low' });
      await admin.patch(`/api/tickets/${id}`, { status: 'closed' });
    };
    await live(settled.id);
    await live(open.id);
    const early = new FeedClient(desk.url);
    await early.connect();
    await early.loadSnapshot();
    early.disconnect();
    const position = (await admin.get<EventPage>('/api/events')).body.next;
    await admin.patch(`/api/tickets/${open.id}`, { status: 'open' });
    const floor = await number('select max(id) as n from event');
    const recent = await admin.create();
    await live(recent.id);
    // This process has read it all: neither the window nor the series pass its position.
    const last = await number('select max(id) as n from event');
    await eventually(() => expect(desk.app.get(EventLog).position.id).toBe(last));

    // Months pass, but for the recent ticket.
    const old = `(${settled.id}, ${open.id})`;
    await sql.query(`
      alter table ticket disable trigger ticket_version, disable trigger emit_event;
      update ticket set updated_at = updated_at - interval '60 days' where id in ${old};
      alter table ticket enable always trigger ticket_version, enable always trigger emit_event;
      update event set at = at - interval '60 days' where ticket_id in ${old} or ticket_id is null`);
    // Nothing goes that is within the window still.
    expect(await purge()).toBe(0);
    await desk.app.get(ResumeWindow).advance();
    expect(await number('select floor_id as n from feed')).toBe(floor);
    // Nor what the series have not counted.
    const projector = desk.app.get(SeriesProjector);
    // From now on it adds what it is told to, and nothing by itself.
    await projector.onModuleDestroy();
    await projector.projectBatch(1_000);
    await sql.query(`update series_position set id = 0`);
    expect(await purge()).toBe(0);
    await sql.query(`update series_position set id = $1`, [await number('select max(id) as n from event')]);
    const [whole, before] = [await history(open.id), await series()];
    // One process at a time: another one is at it.
    await sql.query(`begin; ${lock('event retention')}`);
    expect(await purge()).toBe(0);
    await sql.query('commit');
    expect(await purge()).toBe(1);
    expect(await purge()).toBe(0);

    expect((await history(settled.id)).map(({ type, changed }) => [type, changed.toSorted()])).toEqual([
      ['ticket.created', expect.anything()],
      ['ticket.updated', ['status', 'title']],
      ['comment.created', []],
      ['ticket.updated', ['priority']],
      ['ticket.updated', ['status']],
    ]);
    expect(await history(open.id)).toEqual(whole);
    expect(await history(recent.id)).toHaveLength(6);
    expect(await series()).toEqual(before);
    const search = await admin.get<EventLogPage>(`/api/events/log?ticket=${settled.id}`);
    expect(search.body).toMatchObject({ results: { length: 5 }, next: null, retention_days: 30 });
    // Of a change that somebody began long ago it is still known who was in between.
    const late = await admin.patch<Problem>(`/api/tickets/${settled.id}`, {
      priority: 'critical',
      base_version: 1,
    });
    expect([late.status, late.body.conflicts?.map(({ field }) => field)]).toEqual([409, ['priority']]);

    expect(await admin.get(`/api/events?after=${position}`)).toMatchObject({
      status: 410,
      body: { code: 'cursor_expired' },
    });
    expect((await admin.get('/api/events?after=oldest')).status).toBe(200);
    await early.connect(desk.url);
    expect(early.resets).toBe(1);
    await eventually(async () => expect(await violations(sql, early)).toEqual([]));
    early.disconnect();
  });

  it('removes audit records by their age', async () => {
    await sql.query(`insert into audit (at, actor, action)
      select now() - g * interval '1 day', '{"kind": "agent", "id": null, "name": "Ada"}', 'sign_in'
      from generate_series(2000, 80, -1) g`);
    const retention = desk.app.get(AuditRetention);
    await sql.query(`begin; ${lock('audit retention')}`);
    expect(await retention.purge()).toBe(0);
    await sql.query('commit');
    expect(await retention.purge()).toBe(1_911);
    expect(await number('select count(*) as n from audit')).toBe(10);
  });

  it('tells how many it has removed', async () => {
    const figures = await desk.app.get(Metrics).text();
    expect(figures).toContain('signalbox_removed_total{kind="event"} 1\n');
    expect(figures).toContain('signalbox_removed_total{kind="audit"} 1911\n');
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import type { EventPage } from '../src/contract/queries.js';
import { EventPages } from '../src/event-log/event-pages.js';
import { ResumeWindow } from '../src/event-log/resume-window.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { AGENT } from './support/sign-in.js';

describe('the resume window', () => {
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    desk = await startDesk(database.connection, { FEED_WINDOW_EVENTS: '1000', FEED_WINDOW_DAYS: '7' });
    sql = new pg.Client({ ...database.connection });
    await sql.connect();
  });
  afterAll(async () => {
    await desk.stop();
    await sql.end();
    await database.drop();
  });

  const number = async (text: string) => Number((await sql.query<{ n: string }>(text)).rows[0]!.n);
  const write = async (text: string) => {
    await sql.query(text);
    const last = await number('select max(id) as n from event');
    // This process has read it all: the window never passes its position.
    await eventually(async () => {
      const page = (await (
        await fetch(`${desk.url}/api/events`, { headers: AGENT.headers })
      ).json()) as EventPage;
      expect(Number(page.next.split('.')[1])).toBe(last);
    });
  };
  const advance = () => desk.app.get(ResumeWindow).advance();
  const kept = () => number('select count(*) as n from event where id > (select floor_id from feed)');
  const status = async (path: string) =>
    (await fetch(`${desk.url}${path}`, { headers: AGENT.headers })).status;

  it('stays at the beginning while everything is young and few', async () => {
    await write(
      `insert into ticket (title, description) select 'Ticket ' || g, 'Of today' from generate_series(1, 300) g`,
    );
    await advance();
    expect(await number('select floor_id as n from feed')).toBe(0);
    expect(await status('/api/events?after=oldest')).toBe(200);
  });

  it('leaves behind what is older than its days, and serves the rest whole', async () => {
    const old = await number('select id as n from event order by id offset 99 limit 1');
    await sql.query(`update event set at = at - interval '8 days' where id <= $1`, [old]);
    await advance();
    expect(await number('select floor_id as n from feed')).toBe(old);
    const page = (await (
      await fetch(`${desk.url}/api/events?after=oldest&limit=1000`, { headers: AGENT.headers })
    ).json()) as EventPage;
    expect(page.events).toHaveLength(200);
  });

  it('keeps its number of events at most, and of a deleted ticket below it only that it was deleted', async () => {
    await write('delete from ticket where id <= 50');
    await write(`update ticket set status = 'closed'`);
    await write(`update ticket set status = 'resolved'`);
    await write(`update ticket set status = 'open'`);
    await write(`update ticket set status = 'closed'`);
    await write(`update ticket set status = 'in_progress'`);
    await advance();
    expect(await kept()).toBe(1_000);
    const events = (id: number) => number(`select count(*) as n from event where ticket_id = ${id}`);
    expect(await events(1)).toBe(1);
    expect(await status('/api/tickets/1')).toBe(410);
    // Of a ticket that lives, everything stays: its history is told from it.
    expect(await events(51)).toBe(6);
    expect(await status('/api/tickets/51/history')).toBe(200);
  });

  it('makes up for what a stop has left between moving its floor and removing', async () => {
    const events = (id: number) => number(`select count(*) as n from event where ticket_id = ${id}`);
    await write('delete from ticket where id = 51');
    expect(await events(51)).toBe(7);
    await sql.query(
      `update feed set (floor_id, floor_mark) = (select id, mark from event order by id desc limit 1)`,
    );
    await desk.app.get(EventPages).learnFloor();
    await advance();
    expect(await events(51)).toBe(1);
  });
});

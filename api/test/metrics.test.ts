import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { EventLog } from '../src/event-log/event-log.js';
import { LiveStats } from '../src/stats/live-stats.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';
import { type Desk, startDesk } from './support/desk.js';
import { eventually } from './support/eventually.js';
import { FeedClient } from './support/feed-client.js';
import { RestClient } from './support/rest-client.js';
import { type SeverableConnection, severable } from './support/severable-connection.js';
import { AGENT, makeDisplay, makeToken, signIn } from './support/sign-in.js';

const SECRET = 'a-token-of-the-metrics';
const WRONG_TOKENS = 5;
const DASHBOARD = new URL('../../.github/grafana-dashboard.json', import.meta.url);

describe('GET /metrics', () => {
  let database: TestDatabase;
  let way: SeverableConnection;
  let desk: Desk;
  let admin: RestClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    way = await severable(database.connection);
    desk = await startDesk(way.connection, {
      METRICS_TOKEN: SECRET,
      RATE_LIMIT_SIGN_IN: String(WRONG_TOKENS),
    });
    admin = new RestClient(desk.url);
  });
  afterAll(async () => {
    await desk.stop();
    await way[Symbol.asyncDispose]();
    await database.drop();
  });

  const ask = (headers: Readonly<Record<string, string>>) => fetch(`${desk.url}/metrics`, { headers });
  const scrape = async () => (await ask({ authorization: `Bearer ${SECRET}` })).text();
  const valueOf = (text: string, series: string): number => {
    const line = text.split('\n').find((line) => line.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1) ?? 'NaN');
  };

  it('is for administrators, their tokens, and who has the token of the settings', async () => {
    const { connection } = database;
    const agent = await signIn(connection);
    const display = await makeDisplay(connection);
    const reader = await makeToken(connection, AGENT, ['tickets:read']);
    const operator = await makeToken(connection, AGENT, ['admin']);
    const callers = [{}, { authorization: 'Bearer wrong' }, agent.headers, display.headers, reader.headers];
    const refused = await Promise.all(callers.map(ask));
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 403, 403, 403]);
    for (const answer of refused) expect(await answer.text()).not.toContain('signalbox_');
    const admitted = [AGENT.headers, operator.headers, { authorization: `Bearer ${SECRET}` }];
    for (const headers of admitted) {
      const answer = await ask(headers);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('text/plain'),
      ]);
      expect(await answer.text()).toContain('signalbox_http_request_duration_seconds_bucket');
    }
  });

  it('tells who shows many wrong tokens when to try again', async () => {
    let answer = await ask({ authorization: 'Bearer wrong' });
    for (let n = 0; n < WRONG_TOKENS; n += 1) answer = await ask({ authorization: 'Bearer wrong' });
    expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await ask({ authorization: `Bearer ${SECRET}` })).status).toBe(200);
  });

  it('tells what has happened', async () => {
    const feed = new FeedClient(desk.url);
    await feed.connect();
    const before = feed.cursor!;
    await admin.post('/api/tickets/classify', { description: 'Cannot log in' });
    const { id } = await admin.create();
    await eventually(() => expect(feed.cursor!.id).toBeGreaterThan(before.id));
    await feed.open();
    await feed.socket!.emitWithAck('feed:open', { channel: 'board', cursor: { ...before, mark: 'another' } });
    await admin.get(`/api/tickets/${id}`);
    await desk.app.get(LiveStats).reconcile();
    // What the classifier does in the background may be on its way.
    const text = await eventually(async () => {
      const now = await scrape();
      expect(valueOf(now, 'signalbox_feed_position')).toBe(desk.app.get(EventLog).position.id);
      return now;
    });
    const value = (series: string) => valueOf(text, `signalbox_${series}`);
    expect(value('http_request_duration_seconds_count{route="getTicket",status="200"}')).toBe(1);
    expect(value('sockets{role="admin"}')).toBe(1);
    expect(value('feed_opens_total{mode="live"}')).toBe(1);
    expect(value('feed_opens_total{mode="resume"}')).toBe(1);
    expect(value('feed_opens_total{mode="reset"}')).toBe(1);
    expect(value('feed_batch_events_sum')).toBeGreaterThanOrEqual(1);
    expect(value('feed_lag_seconds_bucket{le="10"}')).toBe(value('feed_batch_events_count'));
    expect(value('classifications_total{result="off"}')).toBe(1);
    expect(value('stats_comparisons_total{result="same"}')).toBe(1);
    expect(value('stats_comparisons_total{result="drifted"}')).toBe(0);
    expect(value('classification_jobs{state="waiting"}')).toBe(0);
    expect(value('part_up{part="database"}')).toBe(1);
    expect(valueOf(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    feed.disconnect();
  });

  it('makes no label of what comes from outside', async () => {
    const seriesOf = async () => (await scrape()).split('\n').map((line) => line.replace(/ [^ ]+$/, ''));
    await Promise.all(['/api/zq-one', '/zq-one', '/api/tickets/zq'].map((path) => admin.get(path)));
    const before = new Set(await seriesOf());
    for (const path of ['/api/zq-two', '/zq-two', '/api/tickets/zq-three', '/api/tickets/7zq?x=zq']) {
      await admin.send('GET', path);
    }
    const added = (await seriesOf()).filter((series) => !before.has(series));
    expect(added.filter((series) => /zq|http_request/.test(series))).toEqual([]);
  });

  it('has all that the dashboard shows', async () => {
    const exported = new Set((await scrape()).split('\n').map((line) => /^\w+/.exec(line)?.[0]));
    const dashboard = JSON.parse(readFileSync(DASHBOARD, 'utf8')) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    const shown = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const names = shown.flatMap((expr) => expr.match(/\b(signalbox|nodejs|process)_\w+/g) ?? []);
    expect(new Set(names).size).toBeGreaterThan(15);
    expect(names.filter((name) => !exported.has(name))).toEqual([]);
  });

  it('answers also without the database, and says that it is away', async () => {
    await way.cut();
    await eventually(async () => {
      const text = await scrape();
      expect(valueOf(text, 'signalbox_part_up{part="database"}')).toBe(0);
      expect(valueOf(text, 'signalbox_feed_up')).toBe(0);
      expect(text).not.toContain('signalbox_classification_jobs{');
    });
    await way.restore();
  });
});

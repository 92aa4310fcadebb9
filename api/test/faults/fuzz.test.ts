import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import pg from 'pg';

import { problem as problemSchema } from '../../src/contract/problem.js';
import { routes } from '../../src/contract/routes.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Desk, startDesk } from '../support/desk.js';
import { mutatedBody, mutatedFrame, mutatedPath } from '../support/mutations.js';
import { allExact } from '../support/oracle.js';
import { Random } from '../support/random.js';
import { RawSocket } from '../support/raw-socket.js';
import { RestClient } from '../support/rest-client.js';
import { type RouteName, routeExamples } from '../support/route-examples.js';
import { AGENT, makeToken, type Member, signIn } from '../support/sign-in.js';
import { SteadyFeed } from '../support/steady-feed.js';

const CALLS = 600;
const SOCKETS = 80;
/** An administrator whom random calls have signed out or demoted is replaced after so many. */
const CALLS_EACH = 40;
/** What must never leave the server. */
const LEAKS = /node_modules|\/src\/|\/dist\/|at \w+ \(|select .* from|insert into|relation "|ECONN/i;
/** Calls that wait, or end with a redirect to elsewhere. */
const LEFT_OUT: readonly RouteName[] = ['signInWithOidc', 'oidcCallback'];

/** What came of valid requests and frames by chance. A failing run is repeated by TEST_SEED=…. */
describe('fuzzed', () => {
  const random = new Random(Random.seed());
  let database: TestDatabase;
  let desk: Desk;
  let sql: pg.Client;
  let bystander: SteadyFeed;

  beforeAll(async () => {
    console.log(`seed ${random.seed}`);
    database = await createTestDatabase();
    desk = await startDesk(database.connection);
    sql = new pg.Client(database.connection);
    await sql.connect();
    bystander = await SteadyFeed.open(() => desk.url);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await bystander.leave();
    await sql.end();
    await desk.stop();
    await database.drop();
  });

  const undisturbed = async () => {
    await sql.query(`insert into ticket (title, description) values ('Afterwards', 'All is well')`);
    await allExact(sql, [bystander.client]);
    expect(bystander.client.resets + bystander.client.resumes).toBe(0);
  };

  it('bodies, paths and queries are answered by the contract, never by a 500', async () => {
    const faults = jest.spyOn(Logger.prototype, 'error');
    const names = (Object.keys(routes) as RouteName[]).filter((name) => !LEFT_OUT.includes(name));
    const examples = routeExamples(new RestClient(desk.url));
    let caller: Member = AGENT;
    const statuses = new Map<number, number>();
    for (let call = 0; call < CALLS; call += 1) {
      if (call % CALLS_EACH === 0) caller = await signIn(database.connection, { role: 'admin' });
      const name = random.pick(names);
      const method = routes[name].method.toUpperCase();
      const { path, body, headers = {} } = await examples[name]();
      const sentPath = random.chance(0.4) ? mutatedPath(random, path) : path;
      const sentBody = method === 'GET' ? undefined : mutatedBody(random, body ?? {});
      const client = new RestClient(desk.url, caller.headers);
      const about = `call ${call}: ${method} ${sentPath} ${String(sentBody)}`;
      const json = { 'content-type': 'application/json', ...headers };
      const answer = await client.send<unknown>(method, sentPath, sentBody, json).catch((error: Error) => {
        throw new Error(`${about}: ${error.message}`);
      });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status < 400) continue;
      const text = JSON.stringify(answer.body);
      expect({ about, status: answer.status }).not.toMatchObject({ status: 500 });
      expect({ about, type: answer.headers.get('content-type') }).toMatchObject({
        type: expect.stringMatching(/^application\/problem\+json/),
      });
      expect({ about, problem: problemSchema.safeParse(answer.body).success }).toMatchObject({
        problem: true,
      });
      expect({ about, leaks: LEAKS.exec(text)?.[0] }).toMatchObject({ leaks: undefined });
    }
    console.log(Object.fromEntries(statuses));
    expect(faults).not.toHaveBeenCalled();
    await undisturbed();
  }, 120_000);

  it('frames close their own socket at most', async () => {
    const faults = jest.spyOn(Logger.prototype, 'error');
    const { token } = await makeToken(database.connection, AGENT, ['tickets:read']);
    const valid = [
      `40${JSON.stringify({ token })}`,
      '421["feed:open",{"channel":"board"}]',
      `422${JSON.stringify(['feed:open', { channel: 'wall', cursor: bystander.client.cursor }])}`,
      '42["presence:set",{"ticket_id":1,"mode":"editing","field":"title"}]',
      '431[]',
      '41',
      '3',
      '451-["feed:open",{"_placeholder":true,"num":0}]',
    ];
    const sockets = await Promise.all(
      Array.from({ length: SOCKETS }, (_, index) =>
        index % 4 === 0 ? RawSocket.open(desk.url) : RawSocket.connect(desk.url, { token }),
      ),
    );
    for (let round = 0; round < 12; round += 1) {
      for (const socket of sockets) {
        if (socket.ws.readyState === socket.ws.OPEN) socket.send(mutatedFrame(random, random.pick(valid)));
      }
    }
    for (const socket of sockets) socket.ws.terminate();
    await Promise.all(sockets.map(({ closed }) => closed));
    expect(faults).not.toHaveBeenCalled();
    await undisturbed();
  }, 60_000);
});

import { randomUUID } from 'node:crypto';

import type { Capability } from '../../src/contract/access.js';
import { type Route, routes } from '../../src/contract/routes.js';
import type { TestDatabase } from './database.js';
import { type Desk, startDesk } from './desk.js';
import { eventually } from './eventually.js';
import { type Answer, RestClient } from './rest-client.js';
import { type Example, type RouteName, routeExamples, send } from './route-examples.js';
import type { SeverableConnection } from './severable-connection.js';
import { AGENT, makeDisplay, makeToken, signIn } from './sign-in.js';

const BAD_TOKEN = { authorization: 'Bearer sbx_unknown' };
const PLAIN = { 'content-type': 'text/plain' };
const TOO_LARGE = { description: 'x'.repeat(300_000) };

const documents = (name: RouteName, status: number): boolean => status in routes[name].responses;
const names = Object.keys(routes) as RouteName[];

/** Brings about what may come of any route, whatever it does. */
export class CommonOutcomes {
  readonly #admin: RestClient;
  readonly #examples: ReturnType<typeof routeExamples>;
  #unavailable: ReadonlyMap<RouteName, Answer<unknown>> | null = null;
  #limited: Desk | null = null;

  /** @param way how the desk comes to its database */
  constructor(
    private readonly desk: Desk,
    private readonly database: TestDatabase,
    private readonly way: SeverableConnection,
  ) {
    this.#admin = new RestClient(desk.url);
    this.#examples = routeExamples(this.#admin);
  }

  async stop(): Promise<void> {
    await this.#limited?.stop();
  }

  /** @throws for a status that no route has in common with others */
  async call(name: RouteName, status: number): Promise<Answer<unknown>> {
    const route: Route = routes[name];
    const example = await this.#examples[name]();
    switch (status) {
      case 400:
        return this.#send(name, { ...example, path: withUnknownQuery(example.path) });
      case 401:
        return this.#send(name, example, BAD_TOKEN);
      case 403:
        return this.#send(name, example, await this.#stranger(route.access));
      case 404:
        return this.#send(name, { ...example, path: withId(route, unknownId(route)) });
      case 410:
        return this.#send(name, { ...example, path: withId(route, String(await this.#deletedTicket())) });
      case 413:
        return this.#send(name, { ...example, body: TOO_LARGE });
      case 415:
        return this.#admin.send(route.method.toUpperCase(), example.path, 'x', PLAIN);
      case 429:
        return this.#tooOften(name, example);
      case 503:
        return (await this.#withoutDatabase()).get(name)!;
      default:
        if (status < 300) return this.#send(name, example, await this.#somebodyNew());
        throw new Error(`Nothing brings about ${name} ${status}`);
    }
  }

  #send(name: RouteName, example: Example, headers: Readonly<Record<string, string>> = AGENT.headers) {
    return send(new RestClient(this.desk.url, headers), routes[name].method, example);
  }

  /** An administrator whom the desk has not seen yet, so that it must ask who it is. */
  async #somebodyNew() {
    return (await signIn(this.database.connection, { role: 'admin' })).headers;
  }

  /** Somebody known who may not; of what everybody may, a page of somebody else. */
  async #stranger(access: Capability) {
    if (access === 'open') return { ...AGENT.headers, origin: 'https://evil.example' };
    if (access !== 'observe') return (await makeDisplay(this.database.connection)).headers;
    return (await makeToken(this.database.connection, AGENT, ['tickets:write'])).headers;
  }

  async #deletedTicket(): Promise<number> {
    const { id } = await this.#admin.create();
    await this.#admin.delete(`/api/tickets/${id}`);
    return id;
  }

  /** By a token that has one call a minute, which it has made. */
  async #tooOften(name: RouteName, example: Example): Promise<Answer<unknown>> {
    this.#limited ??= await startDesk(this.database.connection, { RATE_LIMIT_TOKEN: '1' });
    const { headers } = await makeToken(this.database.connection, AGENT, [
      'tickets:read',
      'tickets:write',
      'admin',
    ]);
    const caller = new RestClient(this.#limited.url, headers);
    await caller.get('/api/me');
    return send(caller, routes[name].method, example);
  }

  /** All such routes in one go: a database that is cut off takes its time to be found again. */
  async #withoutDatabase(): Promise<ReadonlyMap<RouteName, Answer<unknown>>> {
    if (this.#unavailable !== null) return this.#unavailable;
    const requests: [RouteName, Example, Readonly<Record<string, string>>][] = [];
    for (const name of names.filter((name) => documents(name, 503))) {
      requests.push([name, await this.#examples[name](), await this.#somebodyNew()]);
    }
    const answers = new Map<RouteName, Answer<unknown>>();
    await this.way.cut();
    try {
      for (const [name, ...rest] of requests) answers.set(name, await this.#send(name, ...rest));
    } finally {
      await this.way.restore();
      await eventually(async () => {
        const { status } = await this.#admin.get('/api/health/ready');
        if (status !== 200) throw new Error('The desk does not find its database again');
      });
    }
    return (this.#unavailable = answers);
  }
}

/** Twice, as what an identity provider sends back may be anything that is given once. */
const withUnknownQuery = (path: string) => `${path}${path.includes('?') ? '&' : '?'}nope=1&nope=2`;

const unknownId = ({ path }: Route) => (path.startsWith('/api/tickets/') ? '987654321' : randomUUID());

const withId = ({ path }: Route, id: string) => path.replace('{id}', id);

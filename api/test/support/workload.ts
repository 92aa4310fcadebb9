import pg from 'pg';

import { CATEGORIES, PRIORITIES, STATUSES } from '../../src/contract/ticket.js';
import type { DatabaseConnection } from '../../src/database/connection.js';
import type { Random } from './random.js';
import { AGENT } from './sign-in.js';

/** What the workload did, so that a test can tell that it did everything. */
export type Deed =
  | 'rest create'
  | 'rest patch'
  | 'rest delete'
  | 'rest claim'
  | 'rest comment'
  | 'sql insert'
  | 'sql update'
  | 'sql delete'
  | 'sql bulk'
  | 'sql comment'
  | 'sql person'
  | 'sql transaction'
  | 'sql rollback'
  | 'sql savepoint'
  | 'sql slow commit'
  | 'sql early constraints';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Mixed writes through every door: REST of several processes, plain SQL of several sessions. */
export class Workload implements AsyncDisposable {
  readonly done = new Map<Deed, number>();
  readonly #clients: pg.Client[] = [];
  readonly #pool: pg.Pool;
  readonly #running = new Set<Promise<unknown>>();
  #stopped: Promise<void> | null = null;

  private constructor(
    private readonly random: Random,
    private readonly urls: readonly string[],
    connection: DatabaseConnection,
  ) {
    this.#pool = new pg.Pool({ ...connection, max: 4 });
    this.#pool.on('error', () => undefined);
  }

  static async start(
    connection: DatabaseConnection,
    urls: readonly string[],
    random: Random,
    sessions: number,
  ): Promise<Workload> {
    const workload = new Workload(random, urls, connection);
    for (let i = 0; i < sessions; i += 1) {
      const client = new pg.Client({ ...connection });
      client.on('error', () => undefined);
      await client.connect();
      workload.#clients.push(client);
    }
    return workload;
  }

  /** Lets the writes end that are under way, and no other begin. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Whether a run is under way. */
  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  /** Runs `steps` writes, several at a time: one per SQL session and `restWriters` over REST. */
  run(steps: number, restWriters: number): Promise<void> {
    const running = this.#run(steps, restWriters).finally(() => this.#running.delete(running));
    this.#running.add(running);
    // Whoever has failed meanwhile does not wait for it any more.
    running.catch(() => undefined);
    return running;
  }

  async #stop(): Promise<void> {
    await Promise.allSettled(this.#running);
    for (const client of this.#clients) await client.end();
    await this.#pool.end();
  }

  async #run(steps: number, restWriters: number): Promise<void> {
    let left = steps;
    const worker = async (step: () => Promise<void>) => {
      while (left > 0 && this.#stopped === null) {
        left -= 1;
        await step();
      }
    };
    const rest = Array.from({ length: restWriters }, () => worker(() => this.#restStep()));
    const sql = this.#clients.map((client) => worker(() => this.#sqlStep(client)));
    await Promise.all([...rest, ...sql]);
  }

  #count(deed: Deed): void {
    this.done.set(deed, (this.done.get(deed) ?? 0) + 1);
  }

  async #restStep(): Promise<void> {
    const url = this.random.pick(this.urls);
    const dice = this.random.next();
    if (dice < 0.4) {
      await this.#request('POST', `${url}/api/tickets`, {
        title: `Ticket ${this.random.int(1, 1e6)}`,
        description: 'Written over REST',
        category: this.random.pick(CATEGORIES),
        priority: this.random.pick(PRIORITIES),
      });
      this.#count('rest create');
      return;
    }
    const id = await this.#someTicket(this.#pool);
    if (id === null) return;
    if (dice < 0.55) {
      await this.#request('POST', `${url}/api/tickets/${id}/comments`, {
        body: 'Said',
        internal: dice < 0.5,
      });
      this.#count('rest comment');
    } else if (dice < 0.65) {
      await this.#request('POST', `${url}/api/tickets/${id}/claim`);
      this.#count('rest claim');
    } else if (dice < 0.95) {
      await this.#request('PATCH', `${url}/api/tickets/${id}`, { status: this.random.pick(STATUSES) });
      this.#count('rest patch');
    } else {
      await this.#request('DELETE', `${url}/api/tickets/${id}`);
      this.#count('rest delete');
    }
  }

  async #request(method: string, url: string, body?: object): Promise<void> {
    const response = await fetch(url, {
      method,
      headers: { ...AGENT.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    // A ticket may be deleted or claimed by somebody else in between.
    if (!response.ok && ![404, 409, 410].includes(response.status)) {
      throw new Error(`${method} ${url}: ${response.status} ${text}`);
    }
  }

  async #sqlStep(client: pg.Client): Promise<void> {
    try {
      await this.#sqlDeed(client);
    } catch (error) {
      await client.query('rollback');
      // Sessions that lock rows in different orders may deadlock; PostgreSQL rolls one back whole.
      if ((error as { code?: string }).code !== '40P01') throw error;
    }
  }

  async #sqlDeed(client: pg.Client): Promise<void> {
    const { random } = this;
    const dice = random.next();
    if (dice < 0.25) {
      await this.#insert(client);
      this.#count('sql insert');
    } else if (dice < 0.42) {
      await this.#update(client);
      this.#count('sql update');
    } else if (dice < 0.47) {
      await this.#comment(client);
      this.#count('sql comment');
    } else if (dice < 0.5) {
      await client.query(`update person set name = 'Ada ' || $1::int, disabled_at = null where id = 'ada'`, [
        random.int(1, 1e6),
      ]);
      this.#count('sql person');
    } else if (dice < 0.55) {
      await client.query('delete from ticket where id = $1', [await this.#someTicket(client)]);
      this.#count('sql delete');
    } else if (dice < 0.6) {
      await client.query(
        `update ticket set priority = (array['low','medium','high','critical'])[1 + (random() * 3)::int]
         where id in (select id from ticket where id % $1 = 0 order by id limit 40)`,
        [random.int(2, 9)],
      );
      this.#count('sql bulk');
    } else {
      await this.#transaction(client, dice);
    }
  }

  async #transaction(client: pg.Client, dice: number): Promise<void> {
    const { random } = this;
    await client.query('begin');
    if (dice < 0.65) {
      await client.query('set constraints all immediate');
      await this.#update(client);
      await pause(random.int(0, 15));
      await this.#insert(client);
      this.#count('sql early constraints');
    } else if (dice < 0.75) {
      await this.#insert(client);
      await client.query('savepoint s');
      await client.query('set constraints all immediate');
      await this.#update(client);
      await client.query('rollback to savepoint s');
      await this.#insert(client);
      this.#count('sql savepoint');
    } else if (dice < 0.85) {
      await this.#insert(client);
      await this.#update(client);
      if (random.chance(0.5)) await client.query('set constraints all immediate');
      await client.query('rollback');
      this.#count('sql rollback');
      return;
    } else if (dice < 0.93) {
      for (let i = random.int(2, 6); i > 0; i -= 1) await this.#insert(client);
      await this.#comment(client);
      await this.#update(client);
      this.#count('sql transaction');
    } else {
      await this.#insert(client);
      await pause(random.int(5, 60));
      await this.#update(client);
      this.#count('sql slow commit');
    }
    await client.query('commit');
  }

  async #insert(client: pg.Client): Promise<void> {
    const { random } = this;
    await client.query(
      `insert into ticket (title, description, category, priority, status) values ($1, 'Written by SQL', $2, $3, $4)`,
      [`Row ${random.int(1, 1e6)}`, random.pick(CATEGORIES), random.pick(PRIORITIES), random.pick(STATUSES)],
    );
  }

  async #update(client: pg.Client): Promise<void> {
    const { random } = this;
    const id = await this.#someTicket(client);
    const [column, value] = random.pick([
      ['status', random.pick(STATUSES)],
      ['category', random.pick(CATEGORIES)],
      ['title', `Renamed ${random.int(1, 1e6)}`],
      ['description', `Described ${random.int(1, 1e6)}`],
      ['assignee_id', random.pick(['ada', 'bob', null])],
      ['created_at', new Date(Date.now() - random.int(0, 5) * 86_400_000)],
    ] as const);
    await client.query(`update ticket set ${column} = $2 where id = $1`, [id, value]);
  }

  async #comment(client: pg.Client): Promise<void> {
    await client.query(
      `insert into comment (ticket_id, body, internal)
       select id, 'Said by SQL', true from ticket where id = $1 for key share`,
      [await this.#someTicket(client)],
    );
  }

  async #someTicket(client: pg.Client | pg.Pool): Promise<number | null> {
    const { rows } = await client.query<{ id: string }>(
      'select id from ticket where id >= (select $1::float8 * max(id) from ticket) order by id limit 1',
      [this.random.next()],
    );
    return rows[0] === undefined ? null : Number(rows[0].id);
  }
}

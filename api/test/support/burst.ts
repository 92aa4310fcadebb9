import { setTimeout as pause } from 'node:timers/promises';

import type pg from 'pg';

import { PRIORITIES, STATUSES, type Ticket } from '../../src/contract/ticket.js';
import type { Random } from './random.js';
import { AGENT } from './sign-in.js';

const GIVES_UP_MS = 10_000;
const TRIES_AGAIN_MS = 20;
/** For so long nothing was acknowledged: nothing will be. */
const HOPELESS_MS = 60_000;
/** Between two writes of one writer: what breaks should do so in the middle of writes, not of a heap of them. */
const RESTS_MS = 10;

/** What was acknowledged; of a deletion there is no ticket. */
interface Acknowledgement {
  readonly ticket: Pick<Ticket, 'id' | 'version'>;
}

/**
 * Writers that create, change, comment on and delete tickets one after the other, each at one process, and
 * go on through whatever happens. What was acknowledged to them is remembered.
 */
export class Burst implements AsyncDisposable {
  /** How many writes were answered with success, and how often each other status (0: no answer) came. */
  acknowledged = 0;
  readonly refused = new Map<number, number>();
  /** The version that each ticket was acknowledged with last. */
  readonly #kept = new Map<number, number>();
  /** Tickets that somebody has tried to delete. */
  readonly #doomed = new Set<number>();
  readonly #deleted = new Set<number>();
  readonly #running: Promise<unknown>;
  #over = false;

  /** @param urls of the processes, looked up at each write */
  constructor(
    private readonly urls: readonly string[],
    private readonly random: Random,
    writers = 6,
  ) {
    this.#running = Promise.all(
      Array.from({ length: writers }, (_, index) => this.#write(() => this.urls[index % this.urls.length]!)),
    );
  }

  /** Resolves when so many more writes were acknowledged. @throws when none is any more */
  async acknowledges(more: number): Promise<void> {
    const goal = this.acknowledged + more;
    let [last, since] = [this.acknowledged, performance.now()];
    while (this.acknowledged < goal) {
      await pause(TRIES_AGAIN_MS);
      if (this.acknowledged > last) [last, since] = [this.acknowledged, performance.now()];
      else if (performance.now() - since > HOPELESS_MS)
        throw new Error(`No write acknowledged any more; refused: ${JSON.stringify([...this.refused])}`);
    }
  }

  /** Resolves when no write is under way any more. */
  async stop(): Promise<void> {
    this.#over = true;
    await this.#running;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** What was acknowledged and is not in the database, one line each. */
  async lost(sql: pg.Client): Promise<string[]> {
    const { rows } = await sql.query<{ id: string; version: number }>(
      'select id, version::int as version from ticket',
    );
    const stored = new Map(rows.map(({ id, version }) => [Number(id), version]));
    const found: string[] = [];
    for (const [id, version] of this.#kept) {
      if (this.#doomed.has(id)) continue;
      const now = stored.get(id);
      if (now === undefined) found.push(`ticket ${id} was acknowledged and is gone`);
      else if (now < version) found.push(`ticket ${id} has version ${now}, acknowledged was ${version}`);
    }
    for (const id of this.#deleted) if (stored.has(id)) found.push(`ticket ${id} was deleted and is there`);
    return found;
  }

  async #write(where: () => string): Promise<void> {
    const own: number[] = [];
    for (; !this.#over; await pause(RESTS_MS)) {
      const dice = this.random.next();
      const id = own.length === 0 ? null : this.random.pick(own);
      if (id === null || dice < 0.5) await this.#create(where(), own);
      else if (dice < 0.8) await this.#change(where(), id);
      else if (dice < 0.95)
        await this.#send('POST', `${where()}/api/tickets/${id}/comments`, { body: 'Said', internal: true });
      else await this.#delete(where(), id, own);
    }
  }

  async #create(url: string, own: number[]): Promise<void> {
    const reply = await this.#send('POST', `${url}/api/tickets`, {
      title: `In a burst, ${this.random.int(1, 1e9)}`,
      description: 'Written while something breaks',
      category: 'general',
      priority: this.random.pick(PRIORITIES),
    });
    if (reply === null) return;
    own.push(reply.ticket.id);
    this.#kept.set(reply.ticket.id, reply.ticket.version);
  }

  async #change(url: string, id: number): Promise<void> {
    const reply = await this.#send('PATCH', `${url}/api/tickets/${id}`, {
      status: this.random.pick(STATUSES),
    });
    if (reply !== null) this.#kept.set(id, Math.max(this.#kept.get(id) ?? 0, reply.ticket.version));
  }

  async #delete(url: string, id: number, own: number[]): Promise<void> {
    own.splice(own.indexOf(id), 1);
    this.#doomed.add(id);
    if ((await this.#send('DELETE', `${url}/api/tickets/${id}`)) !== null) this.#deleted.add(id);
  }

  /** Null when it was not acknowledged. */
  async #send(method: string, url: string, body?: object): Promise<Acknowledgement | null> {
    try {
      const response = await fetch(url, {
        method,
        headers: { ...AGENT.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(GIVES_UP_MS),
      });
      const text = await response.text();
      if (response.ok) {
        this.acknowledged += 1;
        return { ticket: JSON.parse(text || '{}') as Ticket };
      }
      await this.#note(response.status);
    } catch {
      await this.#note(0);
    }
    return null;
  }

  async #note(status: number): Promise<void> {
    this.refused.set(status, (this.refused.get(status) ?? 0) + 1);
    await pause(TRIES_AGAIN_MS);
  }
}

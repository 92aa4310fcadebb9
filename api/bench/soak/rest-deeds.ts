import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { CATEGORIES, PRIORITIES, STATUSES } from '../../src/contract/values.js';
import type { Random } from '../../test/support/random.js';
import { CALLER } from '../server/caller.js';
import type { Tickets } from './tickets.js';

type Deed = 'rest create' | 'rest patch' | 'rest comment' | 'rest claim' | 'rest delete';

interface Call {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

const TRIES = 100;
const ANSWER_WITHIN_MS = 15_000;
/** Somebody else was first: a claim, or a ticket that is gone. */
const EXPECTED = [404, 409, 410];
/** Says that it cannot now; the same call is to be made again. */
const UNAVAILABLE = 503;

/** Writes by REST, each to any of the processes, made again elsewhere when nobody answers. */
export class RestDeeds {
  readonly done = new Map<Deed, number>();
  readonly acknowledged: string[] = [];
  repeats = 0;
  #titles = 0;

  constructor(
    private readonly urls: readonly string[],
    private readonly tickets: Tickets,
    private readonly random: Random,
  ) {}

  /** @throws when an answer is none that the contract knows for it, or nobody answers for long */
  async one(): Promise<void> {
    const { random, tickets } = this;
    const dice = random.next();
    if (dice < 0.3) return this.#create();
    if (dice < 0.65) {
      const body = random.chance(0.7)
        ? { status: random.pick(STATUSES) }
        : { priority: random.pick(PRIORITIES), category: random.pick(CATEGORIES) };
      return this.#send('rest patch', { method: 'PATCH', path: `/api/tickets/${tickets.any()}`, body });
    }
    if (dice < 0.8) {
      const body = { body: 'Said by REST', internal: random.chance(0.5) };
      return this.#send('rest comment', {
        method: 'POST',
        path: `/api/tickets/${tickets.any()}/comments`,
        body,
      });
    }
    if (dice < 0.92) {
      return this.#send('rest claim', { method: 'POST', path: `/api/tickets/${tickets.any()}/claim` });
    }
    return this.#send('rest delete', { method: 'DELETE', path: `/api/tickets/${tickets.take()}` });
  }

  async #create(): Promise<void> {
    this.#titles += 1;
    const title = `Soaked ${this.#titles}`;
    const body = {
      title,
      description: 'Written by REST',
      category: this.random.pick(CATEGORIES),
      priority: this.random.pick(PRIORITIES),
    };
    await this.#send('rest create', { method: 'POST', path: '/api/tickets', body }, (made) => {
      this.acknowledged.push(title);
      this.tickets.add((made as { id: number }).id);
    });
  }

  async #send(deed: Deed, { method, path, body }: Call, stored?: (made: unknown) => void): Promise<void> {
    const request = {
      method,
      headers: {
        ...CALLER,
        // One key for all tries: the write happens once, however often it is asked for.
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answer = await ask(this.random.pick(this.urls) + path, request);
      if (answer !== null && answer.status !== UNAVAILABLE) {
        if (answer.status >= 300 && !EXPECTED.includes(answer.status)) {
          throw new Error(`${method} ${path} answered ${answer.status} ${answer.text}`);
        }
        if (answer.status < 300) stored?.(JSON.parse(answer.text));
        this.done.set(deed, (this.done.get(deed) ?? 0) + 1);
        return;
      }
      this.repeats += 1;
      await delay(50 + 150 * this.random.next());
    }
    throw new Error(`${method} ${path}: nobody answered`);
  }
}

/** Null when the connection was refused or lost before the answer was whole. */
async function ask(url: string, request: RequestInit): Promise<{ status: number; text: string } | null> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}

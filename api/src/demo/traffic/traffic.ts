import { setTimeout as delay } from 'node:timers/promises';

import pg from 'pg';

import type { DatabaseConnection } from '../../database/connection.js';
import type { Random } from '../random.js';
import { deeds, type Remark, type Step } from '../story/story.js';
import type { Storyteller } from '../story/storyteller.js';
import { Arrivals } from './arrivals.js';
import { changeTicket, createTicket, say } from './deeds.js';
import type { Desk, DeskTicket } from './desk.js';

const PACE_MS = [1_000, 4_000] as const;
const HURRIED_PACE_MS = [500, 1_500] as const;
/** With fewer unsolved tickets, people whose matter was closed write again. */
const ENOUGH = 90;
/** How often a ticket near the top of the list is next, whatever its story says. */
const SEEN_SHARE = 0.6;

export interface TrafficOptions {
  /** Gets one line when the database is away and one when it is back. */
  readonly tell: (message: string) => void;
  /** Between two steps, at least and at most. */
  readonly paceMs?: readonly [min: number, max: number];
}

/**
 * A desk at work: tickets arrive, agents take their stories on, faster than life. It writes as other processes do, by
 * transactions that name who acts, and leaves a ticket alone as soon as anybody else has been at it.
 */
export class Traffic {
  readonly #pool: pg.Pool;
  readonly #stopping = new AbortController();
  readonly #arrivals: Arrivals;
  /** How far the stories have been told, in milliseconds since 1970; ahead of the clock. */
  #told: number;
  #away = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    connection: DatabaseConnection,
    private readonly desk: Desk,
    private readonly storyteller: Storyteller,
    private readonly random: Random,
    private readonly options: TrafficOptions,
  ) {
    this.#pool = new pg.Pool({ ...connection, max: 1, application_name: 'signalbox demo' });
    // A connection that ends, between two steps or in one, is replaced by the next one.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
    this.#told = Date.now();
    this.#arrivals = new Arrivals(random, Date.now());
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Lets what is under way finish. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#pool.end();
  }

  /** One thing that somebody does. @throws errors of the database */
  async step(): Promise<void> {
    const now = Date.now();
    const unclassified = this.desk.unclassified()[0];
    if (unclassified !== undefined) return this.#advance(unclassified);
    const about = this.#arrivals.due(now);
    if (about !== null) {
      const story = this.storyteller.tell(this.#told, now, about === 'ordinary' ? undefined : about);
      this.desk.add(await createTicket(this.#pool, story), story);
      return this.#arrivals.arrived(now);
    }
    if (this.desk.unsolved < ENOUGH) this.#reopen();
    if (this.random.chance(SEEN_SHARE)) return this.#advance(this.#pick(this.desk.inSight()));
    const next = this.#pick(this.desk.due());
    this.#told = Math.max(this.#told, next?.upcoming[0]?.at ?? 0);
    return this.#advance(next);
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        await this.step();
        if (this.#away) this.options.tell('The demo goes on.');
        this.#away = false;
      } catch (error) {
        if (!this.#away) this.options.tell(`The demo waits for the database: ${(error as Error).message}`);
        this.#away = true;
      }
      await delay(this.#pause(), undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  #pause(): number {
    const hurried = this.#arrivals.hurried && !this.#away;
    const [min, max] = this.options.paceMs ?? (hurried ? HURRIED_PACE_MS : PACE_MS);
    return this.random.between(min, max);
  }

  async #advance(ticket: DeskTicket | undefined): Promise<void> {
    const deed = ticket?.upcoming[0];
    if (ticket === undefined || deed === undefined) return;
    const done = 'body' in deed ? await this.#say(ticket, deed) : await this.#change(ticket, deed);
    if (done) ticket.upcoming = ticket.upcoming.slice(1);
    else this.desk.forget(ticket);
  }

  async #say(ticket: DeskTicket, remark: Remark): Promise<boolean> {
    const said = await say(this.#pool, ticket, remark);
    if (said) ticket.comments += 1;
    return said;
  }

  async #change(ticket: DeskTicket, { change, actor }: Step): Promise<boolean> {
    const state = { ...ticket.state, ...change };
    const version = await changeTicket(this.#pool, ticket, state, actor);
    if (version !== null) Object.assign(ticket, { state, version });
    return version !== null;
  }

  /** Gives a ticket that is done with a sequel. */
  #reopen(): void {
    const ticket = this.#pick(this.desk.done().slice(0, 200));
    if (ticket !== undefined)
      ticket.upcoming = deeds(this.storyteller.again(ticket.draft, ticket.state, this.#told));
  }

  #pick(tickets: readonly DeskTicket[]): DeskTicket | undefined {
    return tickets.length === 0 ? undefined : this.random.pick(tickets);
  }
}

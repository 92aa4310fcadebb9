import type { Cursor } from '#contract/cursor';
import type { TicketList } from '#contract/queries';
import type { Ticket, TicketRow } from '#contract/ticket';

import { ProblemError } from '../../api/errors.js';
import type { ListTicketsParams } from '../../api/tickets.js';
import type { Clock } from '../clock.js';
import { comparison, filterOf, matches } from '../filter.js';
import type { LiveList } from '../live-list.js';
import type { LiveTicket } from '../live-ticket.js';
import { SyncClient, type SyncCommands } from '../sync-client.js';
import type { ModelProcess } from './model-process.js';
import type { ModelServer } from './model-server.js';
import { FuzzHttp, FuzzTransport } from './network.js';
import type { Random } from './random.js';
import { count, type Tally } from './tally.js';

export const ALL: ListTicketsParams = { page_size: 1_000 };
export const URGENT: ListTicketsParams = { status: ['open'], ordering: '-priority', page_size: 1_000 };
const RECENT: ListTicketsParams = { ordering: '-updated_at', page_size: 4 };

/** A screen with lists, a ticket and a person who changes things, over a network under the test's hand. */
export class FuzzClient {
  readonly http = new FuzzHttp();
  readonly transport: FuzzTransport;
  readonly sync: SyncClient;
  /** It remembers little beyond what its lists hold. */
  readonly forgets: boolean;
  lists: Readonly<Record<'all' | 'urgent' | 'recent', LiveList>> | undefined;
  ticket: LiveTicket | undefined;
  /** Changes made, and how many of them have ended one way or the other. */
  made = 0;
  ended = 0;
  readonly #tally: Tally;
  readonly #server: ModelServer;
  readonly #random: Random;
  readonly #processes: readonly ModelProcess[];

  constructor(
    server: ModelServer,
    processes: readonly ModelProcess[],
    random: Random,
    clock: Clock,
    tally: Tally,
  ) {
    this.#tally = tally;
    this.#server = server;
    this.#processes = processes;
    this.#random = random;
    this.forgets = random.chance(0.3);
    this.transport = new FuzzTransport(clock);
    this.sync = new SyncClient({
      transport: this.transport,
      commands: this.#commands(),
      clock,
      newOpId: () => random.uuid(),
      mostTickets: this.forgets ? 3 : 1_000,
    });
    // Else a screen that begins with nothing, and goes live from wherever the log is.
    if (random.chance(0.8)) this.look();
    this.sync.start();
  }

  /** Opens the lists. */
  look(): Readonly<Record<'all' | 'urgent' | 'recent', LiveList>> {
    const { sync } = this;
    this.lists = { all: sync.list(ALL), urgent: sync.list(URGENT), recent: sync.list(RECENT) };
    return this.lists;
  }

  /** Runs a change to its end, whatever that is. */
  change(run: () => Promise<unknown>): void {
    this.made += 1;
    const end = (how: string) => {
      this.ended += 1;
      count(this.#tally, `change ${how}`);
    };
    run().then(
      () => end('answered'),
      (failure: unknown) => end(failure instanceof ProblemError ? failure.code : 'failed'),
    );
  }

  #commands(): SyncCommands {
    const server = this.#server;
    return {
      listTickets: (params) => this.#list(params),
      followList: (link) => {
        const { after, ...params } = JSON.parse(link) as ListTicketsParams & { after: TicketRow };
        return this.#list(params, after);
      },
      getTicket: (id) => this.http.call<Ticket>(() => server.get(id)),
      patchTicket: (id, patch) => this.http.call<Ticket>(() => server.patch(id, patch)),
      deleteTicket: (id) => this.http.call<void>(() => server.delete(id)),
    };
  }

  /** The position is taken before the rows are read, and by any process. */
  #list(params: ListTicketsParams, after?: TicketRow): Promise<TicketList> {
    const process = this.#random.pick(this.#processes);
    return this.http.call<TicketList>(
      () => this.#server.cursorAt(process.position),
      (asOf: Cursor) => pageOf(this.#server.tickets, params, asOf, after),
    );
  }
}

/** What the server answers to a list's query. */
export function pageOf(
  tickets: readonly Ticket[],
  params: ListTicketsParams,
  asOf: Cursor,
  after?: TicketRow,
): TicketList {
  const compare = comparison(params.ordering ?? '-created_at');
  const filter = filterOf(params, undefined);
  const fitting = tickets.filter((ticket) => matches(ticket, filter) === 'yes').sort(compare);
  const rest = after ? fitting.filter((ticket) => compare(ticket, after) > 0) : fitting;
  const results = rest.slice(0, params.page_size ?? 25);
  const more = rest.length > results.length;
  return {
    count: fitting.length,
    count_exact: true,
    next: more ? JSON.stringify({ ...params, after: results.at(-1) }) : null,
    previous: after ? 'before' : null,
    as_of: asOf,
    results,
  };
}

import type { Comment } from '#contract/comments';
import type { Cursor } from '#contract/cursor';
import type { Assignees } from '#contract/people';
import type { CommentList, TicketList } from '#contract/queries';
import type { Ticket, TicketRow } from '#contract/ticket';

import { ProblemError } from '../../api/errors.js';
import type { ListTicketsParams } from '../../api/tickets.js';
import type { Clock } from '../clock.js';
import type { Conflict } from '../conflicts.js';
import { comparison, filterOf, matches } from '../filter.js';
import type { LiveConversation } from '../live-conversation.js';
import type { LiveList } from '../live-list.js';
import type { LiveTicket } from '../live-ticket.js';
import { MemoryShelf } from '../memory-outbox.js';
import type { OutboxEntry, OutboxStorage } from '../outbox.js';
import { OtherHistoryError, type Sight } from '../sight.js';
import { SyncClient } from '../sync-client.js';
import type { SyncCommands } from '../sync-options.js';
import { Ledger, type Moment } from './ledger.js';
import type { ModelProcess } from './model-process.js';
import { personOf, type Fields, type ModelServer } from './model-server.js';
import { MortalClock } from './mortal-clock.js';
import { FuzzHttp, FuzzTransport } from './network.js';
import type { Random } from './random.js';
import { count, type Tally } from './tally.js';

export const ALL: ListTicketsParams = { page_size: 1_000 };
export const URGENT: ListTicketsParams = { status: ['open'], ordering: '-priority', page_size: 1_000 };
const RECENT: ListTicketsParams = { ordering: '-updated_at', page_size: 4 };

/** One page: it lives until it is loaded again. */
interface Page {
  readonly http: FuzzHttp;
  readonly transport: FuzzTransport;
  readonly clock: MortalClock;
  readonly storage: OutboxStorage;
  readonly sync: SyncClient;
}

/** A change of many: the turns of those that are left come one by one. */
interface Many {
  readonly sight: Sight;
  /** When it was decided. */
  readonly moment: Moment;
  readonly left: number[];
}

/** A screen with lists, a ticket and a person who changes things, over a network under the test's hand. */
export class FuzzClient {
  /** It remembers little beyond what its lists hold. */
  readonly forgets: boolean;
  readonly ledger: Ledger;
  lists: Readonly<Record<'all' | 'urgent' | 'recent', LiveList>> | undefined;
  ticket: LiveTicket | undefined;
  conversation: LiveConversation | undefined;
  /** Changes made on this page, and how many of them have ended one way or the other. */
  made = 0;
  ended = 0;
  readonly #person: string;
  readonly #shelf = new MemoryShelf();
  readonly #clock: Clock;
  readonly #aheadMs: number;
  readonly #tally: Tally;
  readonly #server: ModelServer;
  readonly #random: Random;
  readonly #processes: readonly ModelProcess[];
  #page: Page;
  #many: Many | undefined;
  #texts = 0;

  constructor(
    person: string,
    server: ModelServer,
    processes: readonly ModelProcess[],
    random: Random,
    clock: Clock,
    tally: Tally,
    /** Of this client's clock to the server's. */
    aheadMs: number,
  ) {
    this.#person = person;
    this.#tally = tally;
    this.#server = server;
    this.#processes = processes;
    this.#random = random;
    this.#clock = clock;
    this.#aheadMs = aheadMs;
    this.ledger = new Ledger(server);
    this.forgets = random.chance(0.3);
    this.#page = this.#load();
  }

  get sync(): SyncClient {
    return this.#page.sync;
  }

  get http(): FuzzHttp {
    return this.#page.http;
  }

  get transport(): FuzzTransport {
    return this.#page.transport;
  }

  /** What is stored at this browser. */
  get stored(): readonly OutboxEntry[] {
    return this.#shelf.entries;
  }

  /** The page goes without a word, and comes again: only what was stored is left. */
  reload(): void {
    const { http, transport, clock, storage } = this.#page;
    for (const { write } of this.stored) count(this.#tally, `reload with an unanswered ${write.kind}`);
    http.die(() => this.#random.chance(0.5));
    clock.die();
    transport.close();
    storage.close();
    this.ledger.told();
    this.made = 0;
    this.ended = 0;
    this.lists = undefined;
    this.ticket = undefined;
    this.conversation = undefined;
    this.#many = undefined;
    this.#page = this.#load();
  }

  /** Opens the lists. */
  look(): Readonly<Record<'all' | 'urgent' | 'recent', LiveList>> {
    const { sync } = this;
    this.lists = { all: sync.list(ALL), urgent: sync.list(URGENT), recent: sync.list(RECENT) };
    return this.lists;
  }

  /** A text that nobody else writes, kept account of. */
  text(): string {
    const text = `${this.#person} wrote ${++this.#texts}`;
    this.ledger.write(text, this.sync.position?.epoch);
    return text;
  }

  /**
   * Runs a change to its end, whatever that is.
   *
   * @param text what it writes, if it is kept account of
   */
  change(run: (sync: SyncClient) => Promise<unknown>, text?: string): void {
    const { sync } = this;
    this.made += 1;
    const before = sync.conflicts.value;
    const end = (how: string) => {
      this.ended += 1;
      if (text !== undefined) this.ledger.told(text);
      count(this.#tally, `change ${how}`);
    };
    run(sync).then(
      () => end('answered'),
      (failure: unknown) => {
        const waits = sync.conflicts.value.some(({ changes }) => changes.title === text);
        if (text !== undefined && !waits && !this.unsent.includes(text)) this.ledger.close(text);
        end(howItFailed(failure));
      },
    );
    this.#gaveUp(before, text);
  }

  /** Gives a ticket a title that nobody else writes, and other values beside. */
  entitle(id: number, fields: Fields, many?: Many): void {
    const title = this.text();
    const row = many ? many.sight.of(id)?.row : this.#confirmed(id);
    const now = this.#now;
    const isOver = many !== undefined && now.epoch !== undefined && now.epoch !== many.moment.epoch;
    // In another history than they saw, it is made over the same title or not at all.
    if (isOver) this.ledger.saw(title, row && { title: row.title, version: 0 }, now);
    else this.ledger.saw(title, row, many?.moment ?? now);
    this.change((sync) => sync.patch(id, { ...fields, title }, undefined, many?.sight), title);
  }

  /** The person gives their word for a change of many, or the next of them has its turn. */
  changeMany(): void {
    if (this.#many === undefined) {
      const left = [...this.sync.ids()].filter((id) => this.sync.view(id) && this.#random.chance(0.5));
      this.#many = { sight: this.sync.look(left), moment: this.#now, left };
      return;
    }
    const { sight, left } = this.#many;
    const id = left.shift();
    if (id !== undefined) {
      const isAsSeen = this.sync.view(id)?.row.version === sight.of(id)?.row.version;
      if (!isAsSeen) count(this.#tally, 'changed before its turn');
      this.entitle(id, {}, this.#many);
    } else {
      sight.close();
      this.#many = undefined;
    }
  }

  /** The person decides the oldest conflict. */
  decide(keep: boolean): void {
    const conflict = this.sync.conflicts.value[0];
    if (!conflict) return;
    const { title } = conflict.changes;
    const fields = conflict.fields.map(({ field }) => field);
    const isGiven = !keep && fields.includes('title');
    if (title !== undefined && isGiven) this.ledger.close(title);
    if (title !== undefined) this.ledger.saw(title, conflict.ticket, this.#now);
    count(this.#tally, keep ? 'conflict decided for mine' : 'conflict decided for theirs');
    this.change((sync) => sync.resolve(conflict, keep ? fields : []), isGiven ? undefined : title);
  }

  /** A ticket without what the person has on its way: it is again what they saw when that stands there again. */
  #confirmed(id: number): TicketRow | undefined {
    const sight = this.sync.look([id]);
    sight.close();
    return sight.of(id)?.row;
  }

  get #now(): Moment {
    return this.ledger.now(this.sync.position?.epoch);
  }

  /** The texts of comments that were refused and wait for their writer, or are on their way. */
  get unsent(): readonly string[] {
    return this.stored.flatMap(({ write }) => (write.kind === 'comment' ? write.body : []));
  }

  /** A new change of the same fields has taken the place of what was in conflict. */
  #gaveUp(before: readonly Conflict[], text: string | undefined): void {
    const now = new Set(this.sync.conflicts.value.map(({ opId }) => opId));
    for (const { opId, changes } of before) {
      if (!now.has(opId) && changes.title !== undefined && changes.title !== text) {
        this.ledger.close(changes.title);
      }
    }
  }

  #load(): Page {
    const clock = new MortalClock(this.#clock, this.#aheadMs);
    const http = new FuzzHttp();
    const transport = new FuzzTransport(clock);
    const storage = this.#shelf.tab();
    const sync = new SyncClient({
      transport,
      commands: this.#commands(http),
      clock,
      me: this.#person,
      outbox: storage,
      newOpId: () => this.#random.uuid(),
      mostTickets: this.forgets ? 3 : 1_000,
    });
    this.#page = { http, transport, clock, storage, sync };
    sync.onReport((report) => {
      count(this.#tally, `report ${report.kind}`);
      if (report.kind !== 'refused') return;
      const { write } = report.entry;
      if (write.kind === 'patch' && write.changes.title !== undefined) this.ledger.close(write.changes.title);
    });
    // Else a screen that begins with nothing, and goes live from wherever the log is.
    if (this.#random.chance(0.8)) this.look();
    sync.start();
    return this.#page;
  }

  #commands(http: FuzzHttp): SyncCommands {
    const server = this.#server;
    const person = this.#person;
    return {
      listTickets: (params) => this.#list(http, params),
      followList: (link) => {
        const { after, ...params } = JSON.parse(link) as ListTicketsParams & { after: TicketRow };
        return this.#list(http, params, after);
      },
      getTicket: (id) => http.call<Ticket>(() => server.get(id)),
      patchTicket: (id, patch) => http.call<Ticket>(() => server.patch(id, patch)),
      deleteTicket: (id) => http.call<void>(() => server.delete(id)),
      claimTicket: (id) => http.call<Ticket>(() => server.update(id, { assignee: personOf(person) })),
      createComment: (id, comment) => http.call<Comment>(() => server.comment(id, comment, person)),
      listComments: (id, link) =>
        http.call<CommentList>(() => commentPage(server.comments(id), Number(link ?? 0))),
      listAssignees: () => http.call<Assignees>(() => ({ results: [] })),
    };
  }

  /** The position is taken before the rows are read, and by any process. */
  #list(http: FuzzHttp, params: ListTicketsParams, after?: TicketRow): Promise<TicketList> {
    const process = this.#random.pick(this.#processes);
    return http.call<TicketList>(
      () => this.#server.cursorAt(process.position),
      (asOf: Cursor) => pageOf(this.#server.tickets, params, asOf, after),
    );
  }
}

function howItFailed(failure: unknown): string {
  if (failure instanceof OtherHistoryError) return 'refused here in another history';
  return failure instanceof ProblemError ? failure.code : 'failed';
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

const COMMENT_PAGE = 2;

/** A page of a conversation; its link is where the next one begins. */
function commentPage(comments: readonly Comment[], from: number): CommentList {
  const next = from + COMMENT_PAGE;
  return {
    count: comments.length,
    next: next < comments.length ? String(next) : null,
    previous: null,
    results: comments.slice(from, next),
    as_of: { epoch: '', id: 0, mark: '' },
  };
}

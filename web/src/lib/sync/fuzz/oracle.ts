import { isDeepStrictEqual } from 'node:util';

import type { Cursor } from '#contract/cursor';

import type { Change } from '../change.js';
import type { TicketView } from '../pending-changes.js';
import type { LiveConversation } from '../live-conversation.js';
import { pageOf, ALL, URGENT, type FuzzClient } from './fuzz-client.js';
import type { ModelServer } from './model-server.js';
import { count, type Tally } from './tally.js';

/** Watches one client while it runs: what it shows must be true at every moment. Throws at the first lie. */
export class Oracle {
  readonly #server: ModelServer;
  readonly #client: FuzzClient;
  readonly #versions = new Map<number, number>();
  #position: Cursor | undefined;
  #asOf: Cursor | undefined;
  #failure: Error | undefined;
  readonly #tally: Tally;

  constructor(server: ModelServer, client: FuzzClient, tally: Tally) {
    this.#tally = tally;
    this.#server = server;
    this.#client = client;
    client.sync.onChange((change) => this.#guard(() => this.#changed(change)));
    client.sync.stats.subscribe(() => this.#guard(() => this.#figures()));
  }

  /** Throws what was found since, also where the client's own code would have caught it. */
  check(): void {
    if (this.#failure) throw this.#failure;
    this.#client.ledger.check();
    for (const conflict of this.#client.sync.conflicts.value) this.#client.ledger.inConflict(conflict);
    this.#once();
  }

  /** After all has come to rest: what the client holds and shows is what the server has. Throws if not. */
  atRest(): void {
    this.check();
    const { sync, lists, made, ended, ticket, conversation, ledger, unsent } = this.#client;
    const asOf = this.#server.cursorAt(this.#server.length - 1);
    same(sync.status.value.phase, 'live', 'phase');
    same(sync.position, asOf, 'position');
    same(sync.stats.value, this.#server.statsAt(this.#server.length - 1), 'stats');
    same(ended, made, 'changes that ended');
    same(sync.status.value.unanswered, 0, 'unanswered changes');
    const tickets = new Map(this.#server.tickets.map((one) => [one.id, one]));
    for (const id of sync.ids()) this.#sameTicket(sync.view(id), tickets.get(id));
    if (!lists) throw new Error('nobody looks');
    for (const [list, params] of [[lists.all, ALL] as const, [lists.urgent, URGENT] as const]) {
      const expected = pageOf(this.#server.tickets, params, asOf).results.map(({ id }) => id);
      same(list.state.value.current, expected, `list ${JSON.stringify(params)}`);
    }
    for (const id of tickets.keys()) if (!sync.view(id)) throw new Error(`ticket ${id} is missing`);
    if (ticket) this.#shown(ticket.id, ticket.state.value);
    if (conversation) this.#said(conversation);
    ledger.atRest({ conflicts: sync.conflicts.value, unsent });
  }

  /**
   * What is on its way is not shown beside the comment that it has become. One that is refused may have been
   * taken in the history that is still shown, and one taken in both is there twice until that is read anew.
   */
  #once(): void {
    const { items = [] } = this.#client.conversation?.state.value ?? {};
    const there = new Set(items.flatMap((item) => (item.kind === 'comment' ? item.comment.body : [])));
    for (const item of items) {
      if (item.kind === 'comment' || item.pending.problem) continue;
      if (there.has(item.pending.body)) throw new Error(`${item.pending.body} is shown twice`);
    }
  }

  #said({ ticketId, state }: LiveConversation): void {
    const isThere = this.#server.tickets.some(({ id }) => id === ticketId);
    same(state.value.phase, isThere ? 'ready' : 'gone', `phase of the conversation of ${ticketId}`);
    if (!isThere) return;
    const comments = state.value.items.flatMap((item) => (item.kind === 'comment' ? item.comment : []));
    same(comments, this.#server.comments(ticketId), `comments of ${ticketId}`);
  }

  #guard(check: () => void): void {
    try {
      check();
    } catch (failure) {
      this.#failure ??= failure as Error;
    }
  }

  /** The log as applied: between two positions exactly the log's own events, each once, in order. */
  #changed({ ids, events, moored }: Change): void {
    const position = this.#client.sync.position;
    if (moored) {
      count(this.#tally, 'started anew');
      this.#versions.clear();
    } else if (position && this.#position && position.id !== this.#position.id) {
      same(position.epoch, this.#position.epoch, 'epoch without a new start');
      const log = this.#server.recall(position).events;
      const from = this.#position.id;
      const expected = log.filter(({ id }) => id > from).map(({ id }) => id);
      same(
        events.map(({ id }) => id),
        expected,
        `events applied from ${from} to ${position.id}`,
      );
      for (const _ of expected) count(this.#tally, 'event applied');
    } else {
      same(events.length, 0, 'events applied without moving');
    }
    this.#position = position;
    // Until a client knows of another history, an answer without a position may come out of that one.
    if (position?.epoch !== this.#server.epoch) return;
    for (const id of ids) this.#row(id);
    this.#upToDate(position);
  }

  #row(id: number): void {
    const view = this.#client.sync.view(id);
    if (view === undefined) return;
    // What was forgotten for want of room may come back as old as the position.
    const before = this.#client.forgets ? 0 : (this.#versions.get(id) ?? 0);
    if (view.row.version < before) {
      throw new Error(`ticket ${id} went back from version ${before} to ${view.row.version}`);
    }
    this.#versions.set(id, view.row.version);
  }

  /** A row may be ahead of the position, where a read was newer; it is never behind it. */
  #upToDate(position: Cursor): void {
    const { tickets, events } = this.#server.recall(position);
    const deleted = new Set(
      events.filter(({ type }) => type === 'ticket.deleted').map((one) => one.ticket_id),
    );
    for (const id of this.#client.sync.ids()) {
      const view = this.#client.sync.view(id);
      if (view === undefined) continue;
      const version = tickets.get(id)?.version ?? 0;
      if (deleted.has(id)) throw new Error(`ticket ${id} is shown after its delete`);
      if (view.row.version < version) {
        throw new Error(`ticket ${id} is at ${view.row.version}, at ${position.id} it was at ${version}`);
      }
    }
  }

  #figures(): void {
    const stats = this.#client.sync.stats.value;
    if (!stats) return;
    const { epoch, id } = stats.as_of;
    if (this.#asOf?.epoch === epoch && id < this.#asOf.id) throw new Error(`stats went back to ${id}`);
    this.#asOf = stats.as_of;
    const tickets = [...this.#server.recall({ epoch, id, mark: '' }).tickets.values()];
    same(stats, { ...this.#server.count(tickets), as_of: stats.as_of }, `stats at ${id}`);
  }

  #shown(id: number, { phase, view }: { phase: string; view: TicketView | undefined }): void {
    const ticket = this.#server.tickets.find((one) => one.id === id);
    same(phase, ticket ? 'ready' : 'gone', `phase of the open ticket ${id}`);
    if (ticket) same(view?.description, ticket.description, `description of the open ticket ${id}`);
  }

  #sameTicket(view: TicketView | undefined, ticket: object | undefined): void {
    const { description, ...row } = (ticket ?? {}) as { description?: string };
    same(view?.row, ticket && row, 'row');
    same(view?.pending, [], 'pending fields');
    if (view?.description !== undefined) same(view.description, description, 'description');
  }
}

function same(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

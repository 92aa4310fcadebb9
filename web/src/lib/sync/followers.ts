import type { Comment } from '#contract/comments';

import type { ListTicketsParams } from '../api/tickets.js';
import type { Change } from './change.js';
import { LiveAssignees, type AssigneeCommands } from './live-assignees.js';
import { LiveConversation, type ConversationCommands } from './live-conversation.js';
import { LiveList, type ListCommands } from './live-list.js';
import { LiveTicket, type TicketCommands } from './live-ticket.js';
import type { PendingComment } from './pending-comments.js';
import type { Reader } from './reader.js';
import type { Readable } from './signal.js';
import type { TicketStore } from './ticket-store.js';

export type ReadCommands = ListCommands & TicketCommands & ConversationCommands & AssigneeCommands;

export interface FollowersParts {
  readonly reader: Reader;
  readonly store: TicketStore;
  readonly commands: ReadCommands;
  readonly pending: Readable<readonly PendingComment[]>;
  /** The id of the person signed in. */
  readonly me: string | undefined;
}

/** What screens keep open: each is kept current from the feed, until it is closed. */
export class Followers {
  readonly #parts: FollowersParts;
  readonly #lists = new Set<LiveList>();
  readonly #tickets = new Set<LiveTicket>();
  readonly #conversations = new Set<LiveConversation>();
  readonly #assignees = new Set<LiveAssignees>();

  constructor(parts: FollowersParts) {
    this.#parts = parts;
  }

  list(params: ListTicketsParams): LiveList {
    const closed = (list: LiveList) => this.#lists.delete(list);
    const list = new LiveList({ ...this.#parts, closed }, params);
    this.#lists.add(list);
    return list;
  }

  ticket(id: number): LiveTicket {
    const closed = (ticket: LiveTicket) => this.#tickets.delete(ticket);
    const ticket = new LiveTicket({ ...this.#parts, closed }, id);
    this.#tickets.add(ticket);
    return ticket;
  }

  conversation(ticketId: number): LiveConversation {
    const closed = (one: LiveConversation) => this.#conversations.delete(one);
    const conversation = new LiveConversation({ ...this.#parts, closed }, ticketId);
    this.#conversations.add(conversation);
    return conversation;
  }

  assignees(): LiveAssignees {
    const closed = (one: LiveAssignees) => this.#assignees.delete(one);
    const assignees = new LiveAssignees({ ...this.#parts, closed });
    this.#assignees.add(assignees);
    return assignees;
  }

  /** Takes in a change of the desk. */
  changed(change: Change): void {
    const all = [...this.#lists, ...this.#tickets, ...this.#conversations, ...this.#assignees];
    for (const follower of all) follower.changed(change);
  }

  /** Whether a screen shows this ticket. */
  hold(id: number): boolean {
    return (
      [...this.#tickets].some((ticket) => ticket.id === id) || [...this.#lists].some((list) => list.holds(id))
    );
  }

  /** Every list is read again, after a delay in milliseconds. */
  reread(delayMs: number): void {
    for (const list of [...this.#lists]) list.reread(delayMs);
  }

  /**
   * A comment of the person's own has been taken, as the server says.
   *
   * @param reread whether that may have been in another history: the conversation is read again then
   */
  commented(opId: string, comment: Comment, reread: boolean): void {
    for (const conversation of [...this.#conversations]) {
      if (conversation.ticketId !== comment.ticket_id) continue;
      conversation.taken(opId, comment);
      if (reread) void conversation.refresh();
    }
  }
}

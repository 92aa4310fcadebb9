import type { PatchTicket } from '#contract/commands';
import type { Comment, CreateComment } from '#contract/comments';
import type { Assignees } from '#contract/people';
import type { CommentList, TicketList } from '#contract/queries';
import type { Ticket } from '#contract/ticket';

import type { ListTicketsParams } from '../../api/tickets.js';
import type { SyncCommands } from '../sync-options.js';
import { settled } from './fake-clock.js';
import { cursorAt } from './tickets.js';

/** A call under way. */
export interface Call<Asked, Answer> {
  readonly asked: Asked;
  readonly signal: AbortSignal | undefined;
  answer(answer: Answer): Promise<void>;
  fail(failure: unknown): Promise<void>;
}

/** Commands that wait for the test to answer; each list has the calls under way, oldest first. */
export class FakeCommands implements SyncCommands {
  readonly lists: Call<ListTicketsParams, TicketList>[] = [];
  readonly links: Call<string, TicketList>[] = [];
  readonly tickets: Call<number, Ticket>[] = [];
  readonly patches: Call<{ id: number; patch: PatchTicket }, Ticket>[] = [];
  readonly deletes: Call<number, void>[] = [];
  readonly conversations: Call<{ ticketId: number; link: string | undefined }, CommentList>[] = [];
  readonly claims: Call<number, Ticket>[] = [];
  readonly comments: Call<{ ticketId: number; comment: CreateComment }, Comment>[] = [];
  readonly assignees: Call<undefined, Assignees>[] = [];

  readonly listTickets = (params: ListTicketsParams, signal?: AbortSignal) =>
    under(this.lists, params, signal);
  readonly followList = (link: string, signal?: AbortSignal) => under(this.links, link, signal);
  readonly getTicket = (id: number, signal?: AbortSignal) => under(this.tickets, id, signal);
  readonly patchTicket = (id: number, patch: PatchTicket) => under(this.patches, { id, patch });
  readonly deleteTicket = (id: number) => under(this.deletes, id);
  readonly listComments = (ticketId: number, link?: string, signal?: AbortSignal) =>
    under(this.conversations, { ticketId, link }, signal);
  readonly claimTicket = (id: number) => under(this.claims, id);
  readonly createComment = (ticketId: number, comment: CreateComment) =>
    under(this.comments, { ticketId, comment });
  readonly listAssignees = (signal?: AbortSignal) => under(this.assignees, undefined, signal);
}

function under<Asked, Answer>(
  calls: Call<Asked, Answer>[],
  asked: Asked,
  signal?: AbortSignal,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const end = (): Promise<void> => {
    calls.splice(calls.indexOf(call), 1);
    return settled();
  };
  const call: Call<Asked, Answer> = {
    asked,
    signal,
    answer: (answer) => {
      resolve(answer);
      return end();
    },
    fail: (failure) => {
      reject(failure);
      return end();
    },
  };
  calls.push(call);
  return promise;
}

/** A whole list at a position, unless `fields` say otherwise. */
export function listOf(
  tickets: readonly Ticket[],
  asOf: number,
  fields: Partial<TicketList> = {},
): TicketList {
  return {
    count: tickets.length,
    count_exact: true,
    next: null,
    previous: null,
    as_of: cursorAt(asOf),
    results: [...tickets],
    ...fields,
  };
}

import type { FeedEvent } from '#contract/events';
import type { Category, Priority, Status } from '#contract/ticket';
import { category as categories, priority as priorities } from '#lib/text.ts';
import { deeds } from '#lib/text/wall.ts';

/** What somebody did to a ticket, in as few words as a passer-by reads. */
export interface Deed {
  readonly who: string;
  readonly did: string;
  readonly ticket: number;
  readonly title: string | undefined;
}

const BY_STATUS: Readonly<Record<Status, string>> = {
  open: deeds.reopened,
  in_progress: deeds.started,
  resolved: deeds.resolved,
  closed: deeds.closed,
};

/** Undefined for what is not about a ticket. */
export function deedOf(event: FeedEvent): Deed | undefined {
  if (event.ticket_id === null) return undefined;
  return { who: event.actor.name, did: verbOf(event), ticket: event.ticket_id, title: event.ticket?.title };
}

function verbOf({ type, actor, changes, ticket }: FeedEvent): string {
  if (type === 'ticket.created') return deeds.submitted;
  if (type === 'ticket.deleted') return deeds.deleted;
  if (type === 'comment.created') return deeds.commented;
  const to = (field: string) => changes[field]?.[1];
  if (changes['status']) return BY_STATUS[to('status') as Status];
  if (changes['assignee']) {
    if (to('assignee') === null || !ticket?.assignee) return deeds.released;
    return to('assignee') === actor.id ? deeds.took : deeds.assigned(ticket.assignee.name);
  }
  const [category, priority] = [to('category') as Category, to('priority') as Priority];
  if (category && priority) return deeds.sorted(categories[category], priorities[priority]);
  if (priority) return deeds.raised(priorities[priority]);
  if (category) return deeds.moved(categories[category]);
  return changes['title'] ? deeds.renamed : deeds.changed;
}

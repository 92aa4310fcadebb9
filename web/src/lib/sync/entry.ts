import type { FeedEvent } from '#contract/events';
import type { Ticket, TicketRow } from '#contract/ticket';

/** What is known of one ticket. Entries are never changed in place, so that `===` says "nothing changed". */
export interface Entry {
  readonly row: TicketRow;
  /** Undefined while it is not known: rows of the feed come without, and another one may have been written. */
  readonly description: string | undefined;
}

export function entryOf({ description, ...row }: Ticket): Entry {
  return { row, description };
}

/**
 * Folds one event into what is known of its ticket.
 *
 * @param entry what is known before; undefined: nothing, or it is deleted
 * @returns what is known after; the same entry when the event brings nothing new
 */
export function advance(entry: Entry | undefined, event: FeedEvent): Entry | undefined {
  if (event.type === 'ticket.deleted') return undefined;
  if (event.type !== 'ticket.created' && event.type !== 'ticket.updated') return entry;
  if (event.ticket === undefined) return entry;
  if (entry !== undefined && event.ticket.version <= entry.row.version) return entry;
  return { row: event.ticket, description: descriptionAfter(entry, event) };
}

/** The description stays known only across the very next version, and only when that did not change it. */
function descriptionAfter(entry: Entry | undefined, event: FeedEvent): string | undefined {
  if (entry === undefined || event.version !== entry.row.version + 1) return undefined;
  return event.changed.includes('description') ? undefined : entry.description;
}

/** The newer of two states of one ticket; of the same version, the one that has the description. */
export function newer(known: Entry | undefined, read: Entry): Entry {
  if (known === undefined || read.row.version > known.row.version) return read;
  if (read.row.version === known.row.version && known.description === undefined) {
    return read.description === undefined ? known : { ...known, description: read.description };
  }
  return known;
}

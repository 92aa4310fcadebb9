import type { TicketRow } from '../../src/contract/ticket.js';

/** A ticket as lists show it, in one line, so that rows of a client and of the table can be compared. */
export function digest(
  ticket: Pick<TicketRow, 'id' | 'title' | 'category' | 'priority' | 'status' | 'version'> & {
    readonly assigneeId: string | null;
    /** Milliseconds since 1970. */
    readonly createdAt: number;
  },
): string {
  const { id, title, category, priority, status, version, assigneeId, createdAt } = ticket;
  return JSON.stringify([id, version, title, category, priority, status, assigneeId, createdAt]);
}

const known = new WeakMap<TicketRow, string>();

/** The same of a row off the wire; each object is looked at once, however many clients hold it. */
export function rowDigest(row: TicketRow): string {
  const before = known.get(row);
  if (before !== undefined) return before;
  const text = digest({
    ...row,
    assigneeId: row.assignee?.id ?? null,
    createdAt: Date.parse(row.created_at),
  });
  known.set(row, text);
  return text;
}

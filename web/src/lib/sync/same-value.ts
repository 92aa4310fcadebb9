import type { Ticket } from '#contract/ticket';

import type { TicketField } from './pending-changes.js';

/** Of two values of one field; people are the same by id, whatever their names. */
export function isSameValue(
  one: Ticket[TicketField] | undefined,
  other: Ticket[TicketField] | undefined,
): boolean {
  const idOf = (value: typeof other) => (typeof value === 'object' ? (value?.id ?? null) : value);
  return idOf(one) === idOf(other);
}

import type { z } from 'zod';

import type { presenceEntry, presenceSet } from '../../contract/socket.js';

export type PresenceSet = z.infer<typeof presenceSet>;
/** Somebody on a ticket, as all see them. */
export type PresenceEntry = z.infer<typeof presenceEntry>;
/** Entries by the ticket's id. */
export type PresenceByTicket = Record<string, PresenceEntry[]>;

/**
 * One entry a person out of all their tabs, in whichever process those are: editing goes before viewing, of two
 * fields the one turned to last counts, and who views has done so since their first tab. Ordered by who came
 * first. The same whatever the order of `entries`.
 */
export function onePerPerson(entries: Iterable<PresenceEntry>): PresenceEntry[] {
  const people = new Map<string, PresenceEntry>();
  for (const entry of entries) {
    const known = people.get(entry.id);
    if (known === undefined || isStronger(entry, known)) people.set(entry.id, entry);
  }
  return [...people.values()].sort((a, b) => compare(a.since, b.since) || compare(a.id, b.id));
}

function isStronger(a: PresenceEntry, b: PresenceEntry): boolean {
  if (a.mode !== b.mode) return a.mode === 'editing';
  const later = compare(a.since, b.since);
  if (later !== 0) return a.mode === 'editing' ? later > 0 : later < 0;
  return compare(`${a.field ?? ''} ${a.name}`, `${b.field ?? ''} ${b.name}`) < 0;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

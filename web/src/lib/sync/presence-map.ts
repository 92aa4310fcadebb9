import type { PresenceMessage } from './transport.js';

export type PresenceEntry = PresenceMessage['tickets'][string][number];
export type Presence = ReadonlyMap<number, readonly PresenceEntry[]>;

export const nobody: Presence = new Map();

/** Who is at which ticket after a message; it holds all people of each ticket that it names. */
export function withPresence(presence: Presence, { tickets }: PresenceMessage): Presence {
  const next = new Map(presence);
  for (const [id, people] of Object.entries(tickets)) {
    if (people.length === 0) next.delete(Number(id));
    else next.set(Number(id), people);
  }
  return next;
}

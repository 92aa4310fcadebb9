import type { PresenceMessage } from './transport.js';

export type PresenceEntry = PresenceMessage['tickets'][string][number];
/** By ticket, everybody else who is at it. */
export type Presence = ReadonlyMap<number, readonly PresenceEntry[]>;

export const nobody: Presence = new Map();

/**
 * Who is at which ticket after a message; it holds all people of each ticket that it names.
 *
 * @param me left out: a person knows where they are, in whichever of their tabs
 */
export function withPresence(
  presence: Presence,
  { tickets }: PresenceMessage,
  me: string | undefined,
): Presence {
  const next = new Map(presence);
  for (const [id, people] of Object.entries(tickets)) {
    const others = people.filter((person) => person.id !== me);
    if (others.length === 0) next.delete(Number(id));
    else next.set(Number(id), others);
  }
  return next;
}

import type { PersonRef } from '../../contract/ticket.js';
import { onePerPerson, type PresenceEntry, type PresenceSet } from './presence-entry.js';

interface Lease {
  readonly ticketId: number;
  readonly entry: PresenceEntry;
  readonly endsAt: number;
}

export interface PresenceClock {
  /** Milliseconds that only rise. */
  readonly elapsed: () => number;
  /** The moment as the wire has it. */
  readonly now: () => string;
}

const CLOCK: PresenceClock = {
  elapsed: () => performance.now(),
  now: () => new Date().toISOString(),
};

/**
 * Where the people of this process's sockets are: one lease a socket, which ends by itself. Every method that
 * changes something gives the ids of the tickets whose entries may be others now.
 */
export class PresenceBook<Tab extends object> {
  /** In the order in which they end: each renewal moves its lease to the end. */
  readonly #leases = new Map<Tab, Lease>();
  readonly #byTicket = new Map<number, Set<Tab>>();
  /** What people are called since, by id: a session keeps the name that it was opened with. */
  readonly #renamed = new Map<string, string>();

  /** @param leaseMs how long a lease lasts after its last renewal */
  constructor(
    private readonly leaseMs: () => number,
    private readonly clock: PresenceClock = CLOCK,
  ) {}

  /** Moves a tab to a ticket, or renews its lease there; its one lease elsewhere ends. */
  set(tab: Tab, { id, name }: PersonRef, { ticket_id, mode, field }: PresenceSet): number[] {
    if (ticket_id === null) return this.leave(tab);
    const before = this.#leases.get(tab);
    const same = before?.ticketId === ticket_id && before.entry.mode === mode && before.entry.field === field;
    const entry: PresenceEntry = same
      ? before.entry
      : {
          id,
          name: this.#renamed.get(id) ?? name,
          mode,
          ...(field === undefined ? {} : { field }),
          since: this.clock.now(),
        };
    const left = this.leave(tab);
    this.#leases.set(tab, { ticketId: ticket_id, entry, endsAt: this.clock.elapsed() + this.leaseMs() });
    const tabs = this.#byTicket.get(ticket_id) ?? new Set();
    this.#byTicket.set(ticket_id, tabs.add(tab));
    return same ? [] : [...new Set([...left, ticket_id])];
  }

  leave(tab: Tab): number[] {
    const lease = this.#leases.get(tab);
    if (lease === undefined) return [];
    this.#leases.delete(tab);
    const tabs = this.#byTicket.get(lease.ticketId);
    tabs?.delete(tab);
    if (tabs?.size === 0) this.#byTicket.delete(lease.ticketId);
    return [lease.ticketId];
  }

  /** Somebody is called something else from now on. */
  rename({ id, name }: PersonRef): number[] {
    this.#renamed.set(id, name);
    const changed = new Set<number>();
    for (const [tab, lease] of this.#leases) {
      const { entry, ticketId } = lease;
      if (entry.id !== id || entry.name === name) continue;
      this.#leases.set(tab, { ...lease, entry: { ...entry, name } });
      changed.add(ticketId);
    }
    return [...changed];
  }

  /** Ends all leases that have run out. */
  expire(): number[] {
    const now = this.clock.elapsed();
    const left = new Set<number>();
    for (const [tab, { endsAt }] of this.#leases) {
      if (endsAt > now) break;
      for (const ticketId of this.leave(tab)) left.add(ticketId);
    }
    return [...left];
  }

  /** In how many milliseconds the next lease runs out; null when there is none. */
  get nextEndMs(): number | null {
    const [next] = this.#leases.values();
    return next === undefined ? null : Math.max(0, next.endsAt - this.clock.elapsed());
  }

  /** Ids of the tickets that somebody is on. */
  get tickets(): Iterable<number> {
    return this.#byTicket.keys();
  }

  /** Who is on a ticket, one entry a person. */
  entries(ticketId: number): PresenceEntry[] {
    return onePerPerson([...(this.#byTicket.get(ticketId) ?? [])].map((tab) => this.#leases.get(tab)!.entry));
  }
}

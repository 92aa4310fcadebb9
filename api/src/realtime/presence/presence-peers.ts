import type { PresenceByTicket, PresenceEntry } from './presence-entry.js';

interface Peer {
  readonly tickets: Map<number, PresenceEntry[]>;
  forgottenAt: number;
}

/**
 * What other processes say of theirs. A process that has not said everything for `ttlMs` is gone, and with it
 * its people. Every method that changes something gives the ids of the tickets that may be others now.
 */
export class PresencePeers {
  readonly #peers = new Map<string, Peer>();

  constructor(
    private readonly ttlMs: number,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** All that a process has; what it said before is void. */
  replace(process: string, tickets: PresenceByTicket): number[] {
    const changed = this.forget(process);
    this.#peers.set(process, {
      tickets: new Map(Object.entries(tickets).map(([id, entries]) => [Number(id), entries])),
      forgottenAt: this.elapsed() + this.ttlMs,
    });
    return [...new Set([...changed, ...Object.keys(tickets).map(Number)])];
  }

  /** Some tickets of a process; of one that has not said everything yet, nothing is taken. */
  change(process: string, tickets: PresenceByTicket): number[] {
    const peer = this.#peers.get(process);
    if (peer === undefined) return [];
    for (const [id, entries] of Object.entries(tickets)) {
      if (entries.length > 0) peer.tickets.set(Number(id), entries);
      else peer.tickets.delete(Number(id));
    }
    return Object.keys(tickets).map(Number);
  }

  forget(process: string): number[] {
    const peer = this.#peers.get(process);
    this.#peers.delete(process);
    return [...(peer?.tickets.keys() ?? [])];
  }

  /** Forgets those that have gone silent. */
  expire(): number[] {
    const now = this.elapsed();
    return [...this.#peers].flatMap(([process, { forgottenAt }]) =>
      forgottenAt <= now ? this.forget(process) : [],
    );
  }

  entries(ticketId: number): PresenceEntry[] {
    return [...this.#peers.values()].flatMap(({ tickets }) => tickets.get(ticketId) ?? []);
  }
}

import { Injectable, type OnModuleDestroy } from '@nestjs/common';

import { may } from '../../auth/identity.js';
import { SOCKET_ACCESS } from '../../contract/access.js';
import { presenceSet } from '../../contract/socket.js';
import { EventLog, type LogFollower, type Slice } from '../../event-log/event-log.js';
import type { FeedServer, FeedSocket } from '../channels.js';
import { PresenceBook } from './presence-book.js';
import { onePerPerson, type PresenceByTicket, type PresenceEntry } from './presence-entry.js';
import { PresenceRelay } from './presence-relay.js';
import { PresenceTimes } from './presence-times.js';

/**
 * Who is on which ticket, told to the board. Changes are gathered and sent with all entries of each changed
 * ticket. Not volatile: a lost one would stay wrong until somebody moves.
 */
@Injectable()
export class Presence implements LogFollower, OnModuleDestroy {
  readonly #book: PresenceBook<FeedSocket>;
  #server: FeedServer | null = null;
  /** What every open board has been told. */
  readonly #told = new Map<number, PresenceEntry[]>();
  readonly #changed = new Set<number>();
  #gathering: NodeJS.Timeout | null = null;
  #expiring: NodeJS.Timeout | null = null;

  constructor(
    private readonly times: PresenceTimes,
    private readonly relay: PresenceRelay,
    log: EventLog,
  ) {
    log.follow(this);
    this.#book = new PresenceBook(() => times.leaseMs);
    relay.serve({
      own: (ticketIds) => this.#own(ticketIds),
      onPeersChanged: (ticketIds) => this.#gather(ticketIds),
    });
  }

  onModuleDestroy(): void {
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    if (this.#expiring !== null) clearTimeout(this.#expiring);
  }

  /** Who is renamed is so where they are, too. */
  onSlice({ events }: Slice): void {
    for (const { event } of events) if (event.person) this.#moved(this.#book.rename(event.person));
  }

  /** Another history moves nobody. */
  onReset(): void {}

  attach(server: FeedServer): void {
    this.#server = server;
  }

  /** Takes a `presence:set`; one that is not valid, or not allowed, has no effect, as there is no ack. */
  set(socket: FeedSocket, message: unknown): void {
    const { identity } = socket.data;
    const { data: wanted } = presenceSet.safeParse(message);
    if (wanted === undefined || !socket.connected || identity.person === null) return;
    if (!may(identity, SOCKET_ACCESS['presence:set'])) return;
    const { id, name } = identity.person;
    this.#moved(this.#book.set(socket, { id, name }, wanted));
    this.#awaitExpiry();
  }

  /** To be called when a socket is gone. */
  leave(socket: FeedSocket): void {
    this.#moved(this.#book.leave(socket));
  }

  /** Tells a board that was just opened what all others have been told. */
  greet(socket: FeedSocket): void {
    socket.emit('presence', { tickets: Object.fromEntries(this.#told) });
  }

  #moved(ticketIds: readonly number[]): void {
    if (ticketIds.length === 0) return;
    this.relay.changed(ticketIds);
    this.#gather(ticketIds);
  }

  #gather(ticketIds: readonly number[]): void {
    for (const ticketId of ticketIds) this.#changed.add(ticketId);
    this.#gathering ??= setTimeout(() => this.#tell(), this.times.gatherMs);
  }

  #tell(): void {
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    this.#gathering = null;
    const tickets: PresenceByTicket = {};
    for (const ticketId of this.#changed) {
      const entries = onePerPerson([...this.#book.entries(ticketId), ...this.relay.peers.entries(ticketId)]);
      if (JSON.stringify(entries) === JSON.stringify(this.#told.get(ticketId) ?? [])) continue;
      if (entries.length > 0) this.#told.set(ticketId, entries);
      else this.#told.delete(ticketId);
      tickets[ticketId] = entries;
    }
    this.#changed.clear();
    if (Object.keys(tickets).length > 0) this.#server?.to('board').emit('presence', { tickets });
  }

  /** A lease that ran out was long enough: it is told at once. */
  #awaitExpiry(): void {
    const wait = this.#book.nextEndMs;
    if (this.#expiring !== null || wait === null) return;
    this.#expiring = setTimeout(() => {
      this.#expiring = null;
      const left = this.#book.expire();
      this.#moved(left);
      if (left.length > 0) this.#tell();
      this.#awaitExpiry();
    }, wait + 1);
  }

  #own(ticketIds: Iterable<number> = this.#book.tickets): PresenceByTicket {
    return Object.fromEntries([...ticketIds].map((ticketId) => [ticketId, this.#book.entries(ticketId)]));
  }
}

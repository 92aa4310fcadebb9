import { randomUUID } from 'node:crypto';

import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';

import { presence } from '../../contract/socket.js';
import { EventLog } from '../../event-log/event-log.js';
import { RecurringTask } from '../../lifecycle/recurring-task.js';
import { REDIS } from '../../redis/redis.module.js';
import type { RedisConnection } from '../../redis/redis-connection.js';
import type { PresenceByTicket } from './presence-entry.js';
import { PresencePeers } from './presence-peers.js';

const CHANNEL = 'signalbox:presence';
const RESTATE_EVERY_MS = 5_000;
/** Three statements missed. */
const FORGOTTEN_AFTER_MS = 16_000;

/** `all`: everything the process has. `some`: of these tickets. `ask`: say everything. `bye`: it ends. */
const peerMessage = presence.extend({
  epoch: z.string(),
  process: z.string(),
  kind: z.enum(['all', 'some', 'ask', 'bye']),
});
type PeerMessage = z.infer<typeof peerMessage>;

/** What this process has, and where changes elsewhere are to be told. */
export interface PresenceHome {
  /** Entries of this process's own sockets. */
  own(ticketIds?: Iterable<number>): PresenceByTicket;
  onPeersChanged(ticketIds: readonly number[]): void;
}

/**
 * Shares presence between processes by Redis: each publishes what changes, and now and then all it has, so that
 * a lost message, a killed process and a Redis that starts anew heal by themselves. Nothing is stored. Desks
 * that share a Redis are told apart by the epoch of their log. Without Redis, this process is alone.
 */
@Injectable()
export class PresenceRelay implements OnModuleInit, OnModuleDestroy {
  readonly #process = randomUUID();
  readonly #restating = new RecurringTask('Sharing presence', RESTATE_EVERY_MS, async () => this.#restate());
  readonly peers = new PresencePeers(FORGOTTEN_AFTER_MS);
  #home: PresenceHome | null = null;

  constructor(
    @Inject(REDIS) private readonly redis: RedisConnection | null,
    private readonly log: EventLog,
  ) {}

  /** From now on `home` is asked and told. */
  serve(home: PresenceHome): void {
    this.#home = home;
  }

  onModuleInit(): void {
    if (this.redis === null) return;
    this.redis.subscribe(
      CHANNEL,
      (message) => this.#hear(message),
      () => {
        void this.#publish('ask', {});
        this.#restate();
      },
    );
    this.#restating.start();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.redis === null) return;
    await this.#restating.stop();
    this.#home = null;
    await this.#publish('bye', {});
  }

  /** Tells the others of these tickets. */
  changed(ticketIds: Iterable<number>): void {
    if (this.redis !== null && this.#home !== null) void this.#publish('some', this.#home.own(ticketIds));
  }

  #restate(): void {
    if (this.#home === null) return;
    void this.#publish('all', this.#home.own());
    const gone = this.peers.expire();
    if (gone.length > 0) this.#home.onPeersChanged(gone);
  }

  /** Never rejects. While Redis is away the others forget this process; once it is back all is said again. */
  async #publish(kind: PeerMessage['kind'], tickets: PresenceByTicket): Promise<void> {
    const { epoch } = this.log.position;
    const message: PeerMessage = { epoch, process: this.#process, kind, tickets };
    await this.redis?.client.publish(CHANNEL, JSON.stringify(message)).catch(() => undefined);
  }

  #hear(text: string): void {
    const message = parse(text);
    if (message === null || message.process === this.#process || this.#home === null) return;
    if (message.epoch !== this.log.position.epoch) return;
    const changed = this.#take(message);
    if (changed.length > 0) this.#home.onPeersChanged(changed);
  }

  #take({ kind, process, tickets }: PeerMessage): number[] {
    switch (kind) {
      case 'all':
        return this.peers.replace(process, tickets);
      case 'some':
        return this.peers.change(process, tickets);
      case 'bye':
        return this.peers.forget(process);
      case 'ask':
        if (this.#home !== null) void this.#publish('all', this.#home.own());
        return [];
    }
  }
}

function parse(text: string): PeerMessage | null {
  try {
    return peerMessage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

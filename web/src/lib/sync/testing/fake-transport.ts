import type { Cursor } from '#contract/cursor';
import type { FeedOpen, FeedOpenAck } from '#contract/socket';

import type { PresenceSet, Transport, TransportListener } from '../transport.js';

interface Open {
  readonly message: FeedOpen;
  readonly answered: (ack: FeedOpenAck | undefined) => void;
}

/** A transport that does nothing by itself, and keeps what it was asked for. */
export class FakeTransport implements Transport {
  readonly opens: Open[] = [];
  /** What was said of this person's presence, oldest first. */
  readonly said: PresenceSet[] = [];
  #listener: TransportListener | undefined;

  /** The client's side of the messages; throws unless the client has connected. */
  get listener(): TransportListener {
    if (this.#listener === undefined) throw new Error('nobody has connected');
    return this.#listener;
  }

  get isClosed(): boolean {
    return this.#listener === undefined;
  }

  connect(listener: TransportListener): void {
    this.#listener = listener;
  }

  open(message: FeedOpen, answered: Open['answered']): void {
    this.opens.push({ message, answered });
  }

  presence(message: PresenceSet): void {
    this.said.push(message);
  }

  close(): void {
    this.#listener = undefined;
  }

  /** The cursors of all `feed:open` so far, by id; null: without one. */
  get asked(): readonly (number | null)[] {
    return this.opens.map(({ message }) => message.cursor?.id ?? null);
  }

  /** Answers the latest `feed:open`. */
  ack(mode: 'live' | 'resume' | 'reset', cursor: Cursor): void {
    this.opens.at(-1)?.answered({ mode, cursor });
  }

  beat(cursor: Cursor, at = '2026-11-21T09:00:00.000Z'): void {
    this.listener.beat({ cursor, at });
  }
}

import type { Problem } from '#contract/problem';
import type {
  ClientToServerEvents,
  FeedBeat,
  FeedEnvelope,
  FeedOpen,
  FeedOpenAck,
  FeedReset,
  ServerToClientEvents,
} from '#contract/socket';
import type { Stats } from '#contract/stats';

export type PresenceMessage = Parameters<ServerToClientEvents['presence']>[0];
export type PresenceSet = Parameters<ClientToServerEvents['presence:set']>[0];
export type SessionEnd = Parameters<ServerToClientEvents['session:end']>[0];

/** What a transport tells. Nothing of a connection is told after its `disconnected`. */
export interface TransportListener {
  connected(): void;
  /** @param online false when the browser itself knows that it has no network */
  disconnected(online: boolean): void;
  /** The server does not take this connection, and trying again would not help. */
  refused(problem: Problem): void;
  feed(envelope: FeedEnvelope): void;
  beat(beat: FeedBeat): void;
  reset(reset: FeedReset): void;
  stats(stats: Stats): void;
  presence(presence: PresenceMessage): void;
  sessionEnd(end: SessionEnd): void;
}

/** One connection to the server that is made again for as long as it is wanted. */
export interface Transport {
  /** Connects, and again after each loss, until `close`. */
  connect(listener: TransportListener): void;
  /**
   * Sends `feed:open` and calls back once: with the ack, in the same turn in which it comes, so that the
   * envelopes behind it find the feed open; with undefined when none came in time or the connection was lost.
   */
  open(message: FeedOpen, answered: (ack: FeedOpenAck | undefined) => void): void;
  /** Sends `presence:set`, if there is a connection; it is not answered. */
  presence(message: PresenceSet): void;
  close(): void;
}

import type { DefaultEventsMap, Server, Socket } from 'socket.io';

import type { Identity } from '../auth/identity.js';
import type { Cursor } from '../contract/cursor.js';
import type {
  Channel,
  ClientToServerEvents,
  FeedEnvelope,
  ServerToClientEvents,
} from '../contract/socket.js';
import type { StatsDelta } from '../contract/stats.js';
import type { LoggedEvent } from '../event-log/logged-event.js';
import { wallView } from '../event-log/wall-view.js';

/** What is known of a socket: who it is, from its handshake on. */
export interface SocketData {
  identity: Identity;
}

export type FeedServer = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
export type FeedSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>;
/** The connection below a socket: there from the upgrade on, before anybody is identified. */
export type Connection = FeedSocket['conn'];

export const CHANNELS: readonly Channel[] = ['board', 'wall'];

/** The slice after `prev` up to `to` as one channel may see it. */
export function envelope(
  channel: Channel,
  prev: number,
  to: Cursor,
  events: readonly LoggedEvent[],
  stats: StatsDelta | null,
): FeedEnvelope {
  const wire = events.map(({ event }) => (channel === 'wall' ? wallView(event) : event));
  return { epoch: to.epoch, prev, to: to.id, mark: to.mark, events: wire, stats };
}

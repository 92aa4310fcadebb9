import type { Server, Socket } from 'socket.io';

import type { Cursor } from '../contract/cursor.js';
import type {
  Channel,
  ClientToServerEvents,
  FeedEnvelope,
  ServerToClientEvents,
} from '../contract/socket.js';
import type { StatsDelta } from '../contract/stats.js';
import type { LoggedEvent } from '../event-log/logged-event.js';
import { wallView } from './wall-view.js';

export type FeedServer = Server<ClientToServerEvents, ServerToClientEvents>;
export type FeedSocket = Socket<ClientToServerEvents, ServerToClientEvents>;

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

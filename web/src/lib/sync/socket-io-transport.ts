import { io, type Socket } from 'socket.io-client';

import type { Problem } from '#contract/problem';
import type { ClientToServerEvents, FeedOpen, FeedOpenAck, ServerToClientEvents } from '#contract/socket';

import { isPassing, ProblemError } from '../api/errors.js';
import { backoff, systemClock, type Clock } from './clock.js';
import type { PresenceSet, Transport, TransportListener } from './transport.js';

const ACK_TIMEOUT_MS = 10_000;
const RECONNECT_FIRST_MS = 500;
const RECONNECT_MOST_MS = 10_000;

type FeedSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

export interface SocketIoOptions {
  /** The server's origin; absent: the page's own. */
  readonly url?: string;
  /** For who has no session cookie. */
  readonly token?: string;
  readonly clock?: Clock;
}

/** The transport over Socket.IO: WebSocket only, at `/socket.io`, connected again with backoff and jitter. */
export class SocketIoTransport implements Transport {
  readonly #options: SocketIoOptions;
  readonly #clock: Clock;
  #socket: FeedSocket | undefined;
  #failures = 0;

  constructor(options: SocketIoOptions = {}) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  connect(listener: TransportListener): void {
    this.close();
    const { url, token } = this.#options;
    const settings = {
      path: '/socket.io',
      transports: ['websocket'],
      // A socket of its own, so that its reconnecting ends with it.
      forceNew: true,
      reconnectionDelay: RECONNECT_FIRST_MS,
      reconnectionDelayMax: RECONNECT_MOST_MS,
      randomizationFactor: 0.5,
      ...(token === undefined ? {} : { auth: { token } }),
    };
    const socket: FeedSocket = url === undefined ? io(settings) : io(url, settings);
    this.#socket = socket;
    this.#failures = 0;
    this.#follow(socket, listener);
    globalThis.addEventListener?.('online', this.#hurry);
  }

  open(message: FeedOpen, answered: (ack: FeedOpenAck | undefined) => void): void {
    if (!this.#socket?.connected) return answered(undefined);
    this.#socket
      .timeout(ACK_TIMEOUT_MS)
      .emit('feed:open', message, (failure, ack) => answered(failure ? undefined : ack));
  }

  presence(message: PresenceSet): void {
    // What cannot be said now is not kept: it is said afresh once the feed is open.
    if (this.#socket?.connected) this.#socket.emit('presence:set', message);
  }

  close(): void {
    globalThis.removeEventListener?.('online', this.#hurry);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.removeAllListeners();
    socket?.disconnect();
  }

  #follow(socket: FeedSocket, listener: TransportListener): void {
    socket.on('connect', () => {
      this.#failures = 0;
      listener.connected();
    });
    socket.on('disconnect', () => {
      listener.disconnected(globalThis.navigator?.onLine !== false);
      // Socket.IO itself does not come back after the server has closed the socket (a slow one is cut).
      if (!socket.active) this.#again(socket);
    });
    socket.on('connect_error', (error) => {
      if (socket.active) return;
      const problem = problemOf(error);
      if (problem && !isPassing(new ProblemError(problem))) listener.refused(problem);
      else this.#again(socket);
    });
    socket.on('feed', (envelope) => listener.feed(envelope));
    socket.on('feed:beat', (beat) => listener.beat(beat));
    socket.on('feed:reset', (reset) => listener.reset(reset));
    socket.on('stats', (stats) => listener.stats(stats));
    socket.on('presence', (presence) => listener.presence(presence));
    socket.on('session:end', (end) => listener.sessionEnd(end));
  }

  #again(socket: FeedSocket): void {
    this.#clock.after(backoff(++this.#failures, this.#clock, RECONNECT_FIRST_MS, RECONNECT_MOST_MS), () => {
      if (socket === this.#socket && !socket.active) socket.connect();
    });
  }

  /** The browser has a network again: no need to wait for the next try. */
  readonly #hurry = (): void => {
    if (this.#socket?.connected === false) this.#socket.disconnect().connect();
  };
}

/** A handshake refused for good says so with a problem as Socket.IO's `data`. */
function problemOf(error: Error & { data?: unknown }): Problem | undefined {
  const { data } = error;
  return typeof data === 'object' && data !== null && 'code' in data ? (data as Problem) : undefined;
}

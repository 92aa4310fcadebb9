import { setTimeout as pause } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import type { Cursor } from '../contract/cursor.js';
import type { Channel } from '../contract/socket.js';
import { EventLog } from '../event-log/event-log.js';
import { EventPages } from '../event-log/event-pages.js';
import { cursorAfter, type LoggedEvent } from '../event-log/logged-event.js';
import { envelope, type FeedSocket } from './channels.js';
import { FanOut } from './fan-out.js';
import { waitingBytes } from './slow-sockets.js';

const PAGE = 500;
/** A replay waits while more than this is on its way to the socket. */
const AHEAD_BYTES = 1024 * 1024;

/** Whether the replay is still wanted: the socket is there and has not opened anew. */
type StillWanted = () => boolean;

/** Brings one socket from its cursor to where all others are, and lets it join them. */
@Injectable()
export class Replay {
  constructor(
    private readonly log: EventLog,
    private readonly pages: EventPages,
    private readonly fanOut: FanOut,
  ) {}

  /**
   * Sends everything after `from` as envelopes without stats, then calls `join`. `from` can be served whole
   * (EventPages.refusal). The last slice and the join happen in one synchronous turn: nothing can be sent to
   * the channel between them.
   * @throws when the database fails; the socket has then not joined
   */
  async run(
    socket: FeedSocket,
    channel: Channel,
    from: Cursor,
    wanted: StillWanted,
    join: () => void,
  ): Promise<void> {
    let at = from;
    while (wanted()) {
      if (this.fanOut.sent.epoch !== from.epoch) return this.#reset(socket, 'another history');
      if (this.fanOut.sent.id < at.id) this.fanOut.flush();
      const goal = this.fanOut.sent;
      const events = this.log.ring.covers(at.id)
        ? this.log.ring.slice(at.id, goal.id, PAGE)
        : await this.pages.between(at, goal.id, PAGE);
      if (!wanted()) return;
      if (events === null) return this.#reset(socket, 'expired');
      const caughtUp = events.length < PAGE && this.fanOut.sent === goal;
      at = this.#send(socket, channel, at, caughtUp ? goal : null, events);
      if (caughtUp) return join();
      while (wanted() && waitingBytes(socket) > AHEAD_BYTES) await pause(5);
    }
  }

  /** Sends one slice up to `goal`, or without one up to its last event. @returns the client's new cursor */
  #send(
    socket: FeedSocket,
    channel: Channel,
    at: Cursor,
    goal: Cursor | null,
    events: readonly LoggedEvent[],
  ): Cursor {
    const last = events.at(-1);
    const to = goal ?? (last === undefined ? at : cursorAfter(at.epoch, last));
    if (to.id === at.id) return at;
    socket.emit('feed', envelope(channel, at.id, to, events, null));
    return to;
  }

  #reset(socket: FeedSocket, reason: string): void {
    socket.emit('feed:reset', { reason });
  }
}

import { Injectable, Logger } from '@nestjs/common';

import { notAllowed } from '../auth/auth.errors.js';
import { may } from '../auth/identity.js';
import { SOCKET_ACCESS } from '../contract/access.js';
import { type Channel, feedOpen, type FeedOpen, type FeedOpenAck } from '../contract/socket.js';
import { EventLog } from '../event-log/event-log.js';
import { EventPages } from '../event-log/event-pages.js';
import { Metrics } from '../metrics/metrics.js';
import { ProblemError } from '../problems/problem-error.js';
import { issuesToFields } from '../problems/validation.js';
import { CHANNELS, type FeedSocket } from './channels.js';
import { FanOut } from './fan-out.js';
import { Presence } from './presence/presence.js';
import { Replay } from './replay.js';

type Acknowledge = (answer: FeedOpenAck) => void;

/** Serves `feed:open`: one of a socket at a time, and of several that wait only the last. */
@Injectable()
export class FeedOpening {
  readonly #logger = new Logger(FeedOpening.name);
  /** The latest `feed:open` of each socket: opening again leaves what was open. */
  readonly #latest = new WeakMap<FeedSocket, symbol>();
  /** Ends with the last `feed:open` of each socket. They run one at a time, so that none can flood the database. */
  readonly #running = new WeakMap<FeedSocket, Promise<void>>();

  constructor(
    private readonly log: EventLog,
    private readonly pages: EventPages,
    private readonly fanOut: FanOut,
    private readonly replay: Replay,
    private readonly presence: Presence,
    private readonly metrics: Metrics,
  ) {}

  /** Never rejects: what goes wrong is acked, or the socket is disconnected. */
  async open(socket: FeedSocket, message: unknown, ack: Acknowledge): Promise<void> {
    const parsed = feedOpen.safeParse(message);
    if (!parsed.success) {
      ack({ error: ProblemError.fields(issuesToFields(parsed.error.issues)).problem });
      return;
    }
    if (!may(socket.data.identity, SOCKET_ACCESS[`feed:open ${parsed.data.channel}`])) {
      ack({ error: notAllowed().problem });
      return;
    }
    const turn = Symbol('feed:open');
    this.#latest.set(socket, turn);
    const wanted = () => socket.connected && this.#latest.get(socket) === turn;
    for (const channel of CHANNELS) void socket.leave(channel);
    const run = this.#run(socket, parsed.data, ack, wanted, this.#running.get(socket));
    this.#running.set(socket, run);
    await run;
  }

  /** Opens once the socket's open `before` this one has ended, unless a later one has come by then. */
  async #run(
    socket: FeedSocket,
    message: FeedOpen,
    ack: Acknowledge,
    wanted: () => boolean,
    before: Promise<void> | undefined,
  ): Promise<void> {
    let answered = false;
    const answer = (opened: FeedOpenAck) => {
      answered = true;
      if ('mode' in opened) this.metrics.feedOpens.inc({ mode: opened.mode });
      ack(opened);
    };
    try {
      await before;
      await this.#open(socket, message, answer, wanted);
    } catch (error) {
      this.#logger.warn(`A feed could not be opened: ${(error as Error).message}`);
      // Cut after the ack: the client comes back with the cursor it has by then.
      if (answered) socket.disconnect(true);
      else
        ack({
          error: new ProblemError('unavailable', 'The log cannot be read right now; try again').problem,
        });
    }
  }

  async #open(
    socket: FeedSocket,
    { channel, cursor }: FeedOpen,
    ack: Acknowledge,
    wanted: () => boolean,
  ): Promise<void> {
    if (!wanted()) return this.#superseded(ack);
    if (cursor === undefined) {
      ack({ mode: 'live', cursor: this.fanOut.sent });
      this.#join(socket, channel);
      return;
    }
    await this.log.reach(cursor, wanted);
    const refusal = await this.pages.refusal(cursor);
    if (!wanted()) return this.#superseded(ack);
    if (refusal !== null) {
      ack({ mode: 'reset', cursor: this.fanOut.sent });
      return;
    }
    ack({ mode: 'resume', cursor });
    await this.replay.run(socket, channel, cursor, wanted, () => this.#join(socket, channel));
  }

  /** From now on the socket gets what all others get; what no envelope carries, it gets once whole. */
  #join(socket: FeedSocket, channel: Channel): void {
    void socket.join(channel);
    socket.emit('stats', this.fanOut.sentStats);
    if (channel === 'board') this.presence.greet(socket);
  }

  #superseded(ack: Acknowledge): void {
    ack({ error: new ProblemError('conflict', 'A later feed:open took the place of this one').problem });
  }
}

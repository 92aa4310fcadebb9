import { Logger } from '@nestjs/common';
import {
  Ack,
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';

import type { Cursor } from '../contract/cursor.js';
import { feedOpen, type FeedOpen, type FeedOpenAck } from '../contract/socket.js';
import { EventLog } from '../event-log/event-log.js';
import { EventPages } from '../event-log/event-pages.js';
import { ProblemError } from '../problems/problem-error.js';
import { issuesToFields } from '../problems/validation.js';
import { CHANNELS, type FeedServer, type FeedSocket } from './channels.js';
import { FanOut } from './fan-out.js';
import { Replay } from './replay.js';

/** Commands are a few hundred bytes; nothing larger is read from a socket. */
const MAX_FRAME_BYTES = 16 * 1024;
/** How long a cursor may be ahead of this process before it is called unknown: another one may have read further. */
const AHEAD_WAIT_MS = 2_000;

/** The feed over Socket.IO: see `contract/socket.ts`. Sockets carry no writes. */
@WebSocketGateway({
  path: '/socket.io',
  transports: ['websocket'],
  serveClient: false,
  // Frames are small and shared by all sockets; compressing each would cost more than it saves.
  perMessageDeflate: false,
  httpCompression: false,
  maxHttpBufferSize: MAX_FRAME_BYTES,
  pingInterval: 10_000,
  pingTimeout: 10_000,
})
export class FeedGateway implements OnGatewayInit, OnGatewayConnection {
  readonly #logger = new Logger(FeedGateway.name);
  /** The latest `feed:open` of each socket: opening again leaves what was open. */
  readonly #latest = new WeakMap<FeedSocket, symbol>();
  /** Ends with the last `feed:open` of each socket. They run one at a time, so that none can flood the database. */
  readonly #running = new WeakMap<FeedSocket, Promise<void>>();

  constructor(
    private readonly log: EventLog,
    private readonly pages: EventPages,
    private readonly fanOut: FanOut,
    private readonly replay: Replay,
  ) {}

  afterInit(server: FeedServer): void {
    this.fanOut.attach(server);
  }

  handleConnection(socket: FeedSocket): void {
    // The handshake holds what is needed of the request; keeping the request costs memory for as long as the socket.
    (socket.conn as { request: unknown }).request = null;
    socket.once('disconnect', this.log.listen());
  }

  @SubscribeMessage('feed:open')
  async open(
    @ConnectedSocket() socket: FeedSocket,
    @MessageBody() message: unknown,
    @Ack() ack?: (answer: FeedOpenAck) => void,
  ): Promise<void> {
    if (typeof ack !== 'function') return;
    const parsed = feedOpen.safeParse(message);
    if (!parsed.success) {
      ack({ error: ProblemError.fields(issuesToFields(parsed.error.issues)).problem });
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
    ack: (answer: FeedOpenAck) => void,
    wanted: () => boolean,
    before: Promise<void> | undefined,
  ): Promise<void> {
    let answered = false;
    const answer = (opened: FeedOpenAck) => {
      answered = true;
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
    ack: (answer: FeedOpenAck) => void,
    wanted: () => boolean,
  ): Promise<void> {
    if (!wanted()) return this.#superseded(ack);
    if (cursor === undefined) {
      ack({ mode: 'live', cursor: this.fanOut.sent });
      void socket.join(channel);
      socket.emit('stats', this.fanOut.sentStats);
      return;
    }
    await this.#readUpTo(cursor, wanted);
    const refusal = await this.pages.refusal(cursor);
    if (!wanted()) return this.#superseded(ack);
    if (refusal !== null) {
      ack({ mode: 'reset', cursor: this.fanOut.sent });
      return;
    }
    ack({ mode: 'resume', cursor });
    await this.replay.run(socket, channel, cursor, wanted);
  }

  #superseded(ack: (answer: FeedOpenAck) => void): void {
    ack({ error: new ProblemError('conflict', 'A later feed:open took the place of this one').problem });
  }

  /** Waits until this process has read as far as `cursor`, for a while. */
  async #readUpTo(cursor: Cursor, wanted: () => boolean): Promise<void> {
    const deadline = performance.now() + AHEAD_WAIT_MS;
    while (wanted() && cursor.epoch === this.log.position.epoch && cursor.id > this.log.position.id) {
      const left = deadline - performance.now();
      if (left <= 0) return;
      await this.log.nextRead(left);
    }
  }
}

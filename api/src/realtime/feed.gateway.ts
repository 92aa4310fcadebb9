import {
  Ack,
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';

import type { FeedOpenAck } from '../contract/socket.js';
import { EventLog } from '../event-log/event-log.js';
import type { FeedServer, FeedSocket } from './channels.js';
import { FanOut } from './fan-out.js';
import { FeedOpening } from './feed-opening.js';
import { Presence } from './presence/presence.js';
import { SocketBounds } from './socket-bounds.js';
import { SocketDrain } from './socket-drain.js';
import { SocketIdentity } from './socket-identity.js';
import { SocketMetrics } from './socket-metrics.js';
import { SocketSessions } from './socket-sessions.js';

/** Commands are a few hundred bytes; nothing larger is read from a socket. */
const MAX_FRAME_BYTES = 16 * 1024;

/** The feed over Socket.IO: see `contract/socket.ts`. Sockets carry no writes but presence. */
@WebSocketGateway({
  path: '/socket.io',
  transports: ['websocket'],
  serveClient: false,
  // Frames are small and shared by all sockets; compressing each would cost more than it saves.
  perMessageDeflate: false,
  httpCompression: false,
  maxHttpBufferSize: MAX_FRAME_BYTES,
  // How long a connection may be open without anybody identified.
  connectTimeout: 10_000,
  pingInterval: 10_000,
  pingTimeout: 10_000,
})
export class FeedGateway implements OnGatewayInit, OnGatewayConnection, OnGatewayDisconnect {
  constructor(
    private readonly log: EventLog,
    private readonly opening: FeedOpening,
    private readonly presence: Presence,
    private readonly fanOut: FanOut,
    private readonly identity: SocketIdentity,
    private readonly sessions: SocketSessions,
    private readonly bounds: SocketBounds,
    private readonly drain: SocketDrain,
    private readonly metrics: SocketMetrics,
  ) {}

  afterInit(server: FeedServer): void {
    const { bounds, identity, sessions, fanOut, presence, drain, metrics } = this;
    const parts = [bounds, identity, sessions, fanOut, presence, drain, metrics];
    for (const part of parts) part.attach(server);
  }

  handleConnection(socket: FeedSocket): void {
    socket.once('disconnect', this.log.listen());
  }

  handleDisconnect(socket: FeedSocket): void {
    this.presence.leave(socket);
  }

  @SubscribeMessage('feed:open')
  async open(
    @ConnectedSocket() socket: FeedSocket,
    @MessageBody() message: unknown,
    @Ack() ack?: (answer: FeedOpenAck) => void,
  ): Promise<void> {
    if (typeof ack === 'function') await this.opening.open(socket, message, ack);
  }

  @SubscribeMessage('presence:set')
  setPresence(@ConnectedSocket() socket: FeedSocket, @MessageBody() message: unknown): void {
    this.presence.set(socket, message);
  }
}

import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';

import { Inject, Injectable, Logger } from '@nestjs/common';

import { addressBlock, clientAddress } from '../auth/client-address.js';
import { ENVIRONMENT, type Environment } from '../config/environment.js';
import { type Trusts, trusts } from '../config/trust-proxy.js';
import { upMessages } from '../contract/socket.js';
import { ProblemError } from '../problems/problem-error.js';
import type { Connection, FeedServer } from './channels.js';
import { below, cut } from './connection.js';
import { FrameRate } from './frame-rate.js';

/** So many seconds' worth of frames may come at once: a page that wakes up says several things. */
const BURST_SECONDS = 2;
const RETRY_AFTER_S = 10;
/** A closed connection whose other end does not close it is cut. */
const POLITE_MS = 1_000;

interface Packet {
  readonly type: string;
  readonly data?: unknown;
}

/** What one socket may do to this process; one that goes beyond is cut, and no other notices. */
@Injectable()
export class SocketBounds {
  readonly #logger = new Logger(SocketBounds.name);
  readonly #perBlock = new Map<string, number>();
  readonly #rate: FrameRate;
  readonly #trusts: Trusts;
  readonly #most: number;
  /** When the next frame of a connection is due, by FrameRate. */
  readonly #due = new WeakMap<Connection, number>();

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    const perSecond = environment.RATE_LIMIT_FRAMES;
    this.#rate = new FrameRate(perSecond, perSecond * BURST_SECONDS);
    this.#trusts = trusts(environment.TRUST_PROXY);
    this.#most = environment.RATE_LIMIT_SOCKETS;
  }

  attach(server: FeedServer): void {
    server.engine.use((request: IncomingMessage, response: unknown, next: () => void) => {
      // A plain request opens nothing; it is refused after this.
      if (response instanceof ServerResponse || this.#enter(request)) next();
    });
    const check = (connection: Connection, packet: Packet) => this.#check(connection, packet);
    const refuse = (connection: Connection) => this.#refuse(connection, 'an unknown event');
    // One function for all, which comes to know its connection by `this`: a closure for each costs memory.
    const onPacket = function (this: Connection, packet: Packet) {
      check(this, packet);
    };
    const onClose = function (this: Connection) {
      setTimeout(() => cut(this), POLITE_MS).unref();
    };
    const onAny = function (this: { readonly conn: Connection }, event: unknown) {
      if (typeof event !== 'string' || !Object.hasOwn(upMessages, event)) refuse(this.conn);
    };
    server.engine.on('connection', (connection: Connection) => {
      connection.on('packet', onPacket);
      // Control frames are answered below Engine.IO, which never sees them.
      below(connection)?.on('ping', () => check(connection, { type: 'ping' }));
      connection.on('close', onClose);
    });
    server.on('connection', (socket) => socket.onAny(onAny));
  }

  /** Counts a connection until it is closed. @returns false when it was refused */
  #enter(request: IncomingMessage): boolean {
    const block = addressBlock(clientAddress(request, this.#trusts));
    const open = this.#perBlock.get(block) ?? 0;
    if (open >= this.#most) {
      refuseUpgrade(request.socket);
      return false;
    }
    this.#perBlock.set(block, open + 1);
    request.socket.once('close', () => {
      const left = this.#perBlock.get(block)! - 1;
      if (left === 0) this.#perBlock.delete(block);
      else this.#perBlock.set(block, left);
    });
    return true;
  }

  #check(connection: Connection, { type, data }: Packet): void {
    const due = this.#rate.next(this.#due.get(connection) ?? 0, performance.now());
    if (due === null) return this.#refuse(connection, 'too many frames');
    this.#due.set(connection, due);
    // Nothing of ours is binary, and parts of a packet would be kept for the rest that may never come.
    const binary = type === 'message' && (typeof data !== 'string' || /^[56]/.test(data));
    if (binary) this.#refuse(connection, 'a binary frame');
  }

  #refuse(connection: Connection, why: string): void {
    this.#logger.debug(`A socket was cut: ${why}`);
    cut(connection);
  }
}

function refuseUpgrade(socket: TcpSocket): void {
  const { problem } = new ProblemError(
    'rate_limited',
    'This address has too many connections; close some of them',
  );
  const body = JSON.stringify(problem);
  const head = [
    'HTTP/1.1 429 Too Many Requests',
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Retry-After: ${RETRY_AFTER_S}`,
  ];
  // Whoever is gone already need not be told.
  socket.on('error', () => undefined);
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

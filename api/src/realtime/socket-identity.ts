import { Injectable, Logger } from '@nestjs/common';

import { badToken, signInNeeded } from '../auth/auth.errors.js';
import { Authenticator } from '../auth/authenticator.js';
import type { Identity } from '../auth/identity.js';
import { Origins } from '../auth/origin.js';
import { ProblemError } from '../problems/problem-error.js';
import type { Connection, FeedServer, FeedSocket } from './channels.js';
import { cut } from './connection.js';

/** Socket.IO sends the message and `data` of what a middleware refuses with as `connect_error`. */
class Refusal extends Error {
  readonly data;

  constructor({ problem }: ProblemError) {
    super(problem.code);
    this.data = problem;
  }
}

/**
 * Finds out at its handshake whose a socket is, for as long as it is open: by `auth.token`, else by the cookies,
 * which a browser sends for whichever page asks, so that then the page must be one of ours.
 */
@Injectable()
export class SocketIdentity {
  readonly #logger = new Logger(SocketIdentity.name);
  /** Connections that have asked: once is enough. */
  readonly #asked = new WeakSet<Connection>();

  constructor(
    private readonly authenticator: Authenticator,
    private readonly origins: Origins,
  ) {}

  attach(server: FeedServer): void {
    server.use((socket, next) => {
      if (this.#asked.has(socket.conn)) return cut(socket.conn);
      this.#asked.add(socket.conn);
      this.#admit(socket).then(
        () => next(),
        (error: Error) => next(new Refusal(this.#problemOf(error))),
      );
    });
  }

  async #admit(socket: FeedSocket): Promise<void> {
    socket.data.identity = await this.#identify(socket);
    // Of the handshake nothing is needed any more: it holds a secret and, for as long as the socket, memory.
    (socket as { handshake: unknown }).handshake = null;
    (socket.conn as { request: unknown }).request = null;
  }

  /** @throws ProblemError `unauthenticated`, `forbidden`; what the database throws */
  async #identify({ handshake, request }: FeedSocket): Promise<Identity> {
    const { token } = handshake.auth as { token?: unknown };
    if (token !== undefined && token !== null) {
      if (typeof token !== 'string') throw badToken();
      return this.authenticator.identify({ token, request });
    }
    const { cookie } = request.headers;
    if (cookie === undefined) throw signInNeeded();
    if (!this.origins.allows(request)) {
      throw new ProblemError('forbidden', 'A socket with a cookie must come from a page of this desk');
    }
    const identity = await this.authenticator.identify({ cookie });
    if (identity.credential === null) throw signInNeeded();
    return identity;
  }

  #problemOf(error: Error): ProblemError {
    if (error instanceof ProblemError) return error;
    this.#logger.warn(`A socket could not be identified: ${error.message}`);
    return new ProblemError('unavailable', 'Nobody can be identified right now; try again');
  }
}

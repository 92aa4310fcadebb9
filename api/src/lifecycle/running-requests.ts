import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** For a request that is on its way already: by then it has come in. */
const ON_ITS_WAY_MS = 250;

/** The requests of a server that have no whole answer yet. */
export class RunningRequests {
  readonly #responses = new Set<ServerResponse>();
  /** Connections on which nothing was asked so far: browsers open some in advance. */
  readonly #silent = new Set<Socket>();
  #ending = false;

  /** @param server not listening yet */
  constructor(private readonly server: Server) {
    server.prependListener('connection', (socket: Socket) => {
      this.#silent.add(socket);
      socket.once('close', () => this.#silent.delete(socket));
    });
    server.prependListener('upgrade', ({ socket }: IncomingMessage) => this.#silent.delete(socket));
    server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      this.#silent.delete(socket);
      this.#enter(response);
    });
  }

  get count(): number {
    return this.#responses.size;
  }

  /**
   * Takes no more connections; each one there is closed with its next answer, which says so, or soon when it has
   * nothing to answer. Resolves when no connection is left, sockets among them.
   */
  end(): Promise<void> {
    this.#ending = true;
    for (const response of this.#responses) response.shouldKeepAlive = false;
    // And then once around the event loop, which may have been busy: what has come is read before.
    setTimeout(() => setImmediate(() => this.#closeIdle()), ON_ITS_WAY_MS);
    // Not the HTTP server's own `close`: that cuts kept connections while a request may be on its way.
    return new Promise((resolve) => NetServer.prototype.close.call(this.server, () => resolve()));
  }

  #closeIdle(): void {
    this.server.closeIdleConnections();
    for (const socket of this.#silent) socket.destroy();
  }

  #enter(response: ServerResponse): void {
    if (this.#ending) response.shouldKeepAlive = false;
    this.#responses.add(response);
    response.once('close', () => this.#responses.delete(response));
  }
}

import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** The requests of a server that have no whole answer yet. */
export class RunningRequests {
  readonly #responses = new Set<ServerResponse>();
  #ending = false;

  /** @param server not listening yet */
  constructor(private readonly server: Server) {
    server.prependListener('request', (_: IncomingMessage, response: ServerResponse) =>
      this.#enter(response),
    );
  }

  get count(): number {
    return this.#responses.size;
  }

  /**
   * Takes no more connections; each one there is closed with its answer, which says so, or at once when it has
   * nothing to answer. Resolves when no connection is left, sockets among them.
   */
  end(): Promise<void> {
    this.#ending = true;
    for (const response of this.#responses) response.shouldKeepAlive = false;
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  #enter(response: ServerResponse): void {
    if (this.#ending) response.shouldKeepAlive = false;
    this.#responses.add(response);
    response.once('close', () => this.#responses.delete(response));
  }
}

import type { LiveTicket, TicketState } from '../sync/live-ticket.js';
import type { SyncClient } from '../sync/sync-client.js';

/** The ticket on the screen: one live ticket after another as the address changes. */
export class OpenTicket {
  readonly #client: SyncClient;
  #ticket: LiveTicket | undefined;
  #state = $state.raw<TicketState>();

  constructor(client: SyncClient) {
    this.#client = client;
  }

  /** Undefined before the first `show`. */
  get state(): TicketState | undefined {
    return this.#state;
  }

  /** Follows a ticket; returns how to stop. */
  show(id: number): () => void {
    const ticket = this.#client.ticket(id);
    this.#ticket = ticket;
    const take = () => (this.#state = ticket.state.value);
    const stop = ticket.state.subscribe(take);
    take();
    return () => {
      stop();
      this.#ticket?.close();
    };
  }
}

import type { SyncClient } from '../sync/sync-client.js';

/** Where this page's person is: which ticket is before their eyes, and in which field they are. */
export class Whereabouts {
  readonly #client: SyncClient;
  #shown = $state<number>();
  // Plain, so that who tells where they are does not depend on it.
  #ticketId: number | undefined;
  #field: string | undefined;

  constructor(client: SyncClient) {
    this.#client = client;
  }

  /** The ticket that is open. */
  get ticketId(): number | undefined {
    return this.#shown;
  }

  /** A ticket is opened; returns how to say that it is closed. */
  open(ticketId: number): () => void {
    this.#ticketId = ticketId;
    this.#shown = ticketId;
    this.#field = undefined;
    this.#tell();
    return () => {
      if (this.#ticketId !== ticketId) return;
      this.#ticketId = undefined;
      this.#shown = undefined;
      this.#field = undefined;
      this.#tell();
    };
  }

  /** The focus is in a field of the open ticket; returns how to say that it has left. */
  enter(field: string): () => void {
    this.#field = field;
    this.#tell();
    return () => {
      if (this.#field !== field) return;
      this.#field = undefined;
      this.#tell();
    };
  }

  #tell(): void {
    const [ticketId, field] = [this.#ticketId, this.#field];
    if (ticketId === undefined) this.#client.beAt(null);
    else if (field === undefined) this.#client.beAt({ ticketId, mode: 'viewing' });
    else this.#client.beAt({ ticketId, mode: 'editing', field });
  }
}

import type { Ticket } from '#contract/ticket';

import { ProblemError } from '../api/errors.js';
import type { Change } from './change.js';
import type { TicketView } from './pending-changes.js';
import type { Reader } from './reader.js';
import { Signal, type Readable } from './signal.js';
import type { TicketStore } from './ticket-store.js';

export interface TicketState {
  /** `gone`: it was deleted, or never was. */
  readonly phase: 'loading' | 'ready' | 'gone' | 'failed';
  /** Why it failed, or why a read is being tried again; undefined when all is well. */
  readonly problem: unknown;
  /** How it is, or of a ticket that is gone how it last was. Its description may still be on its way. */
  readonly view: TicketView | undefined;
}

export interface TicketCommands {
  getTicket(id: number, signal?: AbortSignal): Promise<Ticket>;
}

export interface TicketParts {
  readonly reader: Reader;
  readonly store: TicketStore;
  readonly commands: TicketCommands;
  /** Called once, by `close`. */
  closed(ticket: LiveTicket): void;
}

/** One ticket with its description, kept current. See SPEC.md, section L. */
export class LiveTicket {
  readonly id: number;
  readonly #parts: TicketParts;
  readonly #state: Signal<TicketState>;
  readonly #abort = new AbortController();
  #reading = false;
  #again = false;
  /** The server has said that there is no such ticket. */
  #refused = false;

  constructor(parts: TicketParts, id: number) {
    this.id = id;
    this.#parts = parts;
    const view = parts.store.view(id);
    this.#state = new Signal<TicketState>({ phase: view ? 'ready' : 'loading', problem: undefined, view });
    if (view?.description === undefined) parts.reader.first(() => void this.#read());
  }

  get state(): Readable<TicketState> {
    return this.#state;
  }

  /** Reads again from the server. */
  refresh(): Promise<void> {
    return this.#read();
  }

  close(): void {
    this.#abort.abort();
    this.#parts.closed(this);
  }

  /** Takes in a change of the tickets. */
  changed({ ids, moored }: Change): void {
    if (moored) {
      this.#refused = false;
      void this.#read();
    }
    if (!ids.has(this.id) || this.#refused) return;
    const view = this.#parts.store.view(this.id);
    if (view) {
      this.#show({ phase: 'ready', view });
      if (view.description === undefined) void this.#read();
    } else if (!moored && this.#state.value.phase === 'ready') {
      this.#show({ phase: 'gone' });
    }
  }

  async #read(): Promise<void> {
    this.#again = this.#reading;
    if (this.#reading) return;
    this.#reading = true;
    const { signal } = this.#abort;
    try {
      const source = {
        fetch: () => this.#parts.commands.getTicket(this.id, signal),
        snapshot: (ticket: Ticket) => ({ asOf: null, tickets: [ticket] }),
        givesPosition: false,
      };
      await this.#parts.reader.read(source, { signal, onRetry: (problem) => this.#show({ problem }) });
      this.#refused = false;
      // A delete made here may hide what was read.
      const view = this.#parts.store.view(this.id);
      this.#show(view ? { phase: 'ready', problem: undefined, view } : { phase: 'gone', problem: undefined });
    } catch (problem) {
      if (signal.aborted) return;
      if (problem instanceof ProblemError && (problem.status === 404 || problem.status === 410)) {
        // The feed may be behind: what it still says of this ticket is not shown.
        this.#refused = true;
        this.#show({ phase: 'gone', problem: undefined });
      } else {
        this.#show({ phase: 'failed', problem });
      }
    } finally {
      this.#reading = false;
      if (this.#again) void this.#read();
    }
  }

  #show(part: Partial<TicketState>): void {
    const { phase, problem, view } = this.#state.value;
    const next = { phase, problem, view, ...part };
    if (next.phase !== phase || next.problem !== problem || next.view !== view) this.#state.set(next);
  }
}

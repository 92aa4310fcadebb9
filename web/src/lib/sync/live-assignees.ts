import type { Assignees } from '#contract/people';
import type { PersonRef } from '#contract/ticket';

import type { Change } from './change.js';
import type { Reader } from './reader.js';
import { Rereading } from './rereading.js';
import { Signal, type Readable } from './signal.js';

export interface AssigneesState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** Why it failed, or why a read is being tried again; undefined when all is well. */
  readonly problem: unknown;
  /** By name. */
  readonly people: readonly PersonRef[];
}

export interface AssigneeCommands {
  listAssignees(signal?: AbortSignal): Promise<Assignees>;
}

export interface AssigneesParts {
  readonly reader: Reader;
  readonly commands: AssigneeCommands;
  /** Called once, by `close`. */
  closed(assignees: LiveAssignees): void;
}

/** Who can be given a ticket, read again whenever somebody has changed. */
export class LiveAssignees {
  readonly #parts: AssigneesParts;
  readonly #state = new Signal<AssigneesState>({ phase: 'loading', problem: undefined, people: [] });
  readonly #reading: Rereading<Assignees>;

  constructor(parts: AssigneesParts) {
    this.#parts = parts;
    this.#reading = new Rereading({
      reader: parts.reader,
      fetch: (signal) => parts.commands.listAssignees(signal),
      begins: () => undefined,
      answered: ({ results }) => this.#state.set({ phase: 'ready', problem: undefined, people: results }),
      retrying: (problem) => this.#state.set({ ...this.#state.value, problem }),
      failed: (problem) => this.#state.set({ ...this.#state.value, phase: 'failed', problem }),
    });
    parts.reader.first(() => void this.#reading.read());
  }

  get state(): Readable<AssigneesState> {
    return this.#state;
  }

  refresh(): Promise<void> {
    return this.#reading.read();
  }

  close(): void {
    this.#reading.close();
    this.#parts.closed(this);
  }

  /** Takes in a change of the desk. */
  changed({ events, moored }: Change): void {
    if (moored || events.some(({ type }) => type === 'person.updated')) void this.#reading.read();
  }
}

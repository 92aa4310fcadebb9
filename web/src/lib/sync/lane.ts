import type { Ticket } from '#contract/ticket';

import { ownAnswer, type OwnAnswer } from './base-version.js';
import type { OutboxEntry } from './outbox.js';
import type { TicketChanges } from './pending-changes.js';

/** One write on its way. */
export interface Item {
  /** Replaced as a whole when its base moves on, or when a part of it is given up. */
  entry: OutboxEntry;
  /** Fulfilled when the entry is stored. */
  stored: Promise<void>;
  /** What the person saw in the fields that it changes. */
  readonly before: TicketChanges;
  /** Its person has given it up: it is not sent (again). */
  discarded?: true;
  /** It is to be taken back; called when it is over. */
  recalled?: () => void;
}

/** The writes of one ticket: sent one after the other, since each builds on the one before. */
export class Lane {
  /** The first one's turn it is. */
  readonly items: Item[] = [];
  answers: readonly OwnAnswer[] = [];
  /** Told when their turn comes. */
  readonly turns: (() => void)[] = [];
  /** Whether the write at its head has had no answer to a try. */
  stuck = false;
  /** How many want to know the answers, also while no write is on its way. */
  holds = 0;

  answered(ticket: Ticket, changes: TicketChanges): void {
    this.answers = [...this.answers, ownAnswer(ticket, changes, this.answers.at(-1))];
  }
}

/** The lanes of all tickets, which run side by side. */
export class Lanes {
  readonly #lanes = new Map<number, Lane>();
  readonly #counted: () => void;

  /** @param counted called when `unanswered` or `waiting` changed */
  constructor(counted: () => void) {
    this.#counted = counted;
  }

  get unanswered(): number {
    return this.#sum(() => true);
  }

  get waiting(): number {
    return this.#sum(({ stuck }) => stuck);
  }

  /** All writes on their way, whether they are held up, and whether one is being sent. */
  *all(): Iterable<{ readonly item: Item; readonly isStuck: boolean; readonly isUnderWay: boolean }> {
    for (const { items, stuck } of this.#lanes.values()) {
      for (const item of items) yield { item, isStuck: stuck, isUnderWay: !stuck && item === items[0] };
    }
  }

  answersOf(ticketId: number): readonly OwnAnswer[] {
    return this.#lanes.get(ticketId)?.answers ?? [];
  }

  /** Keeps all answers to the changes of these tickets from now on. To be called once: what it returns, to stop. */
  hold(ids: readonly number[]): () => void {
    for (const id of ids) this.#laneOf(id).holds += 1;
    return () => {
      for (const id of ids) {
        this.#laneOf(id).holds -= 1;
        this.#clear(id);
      }
    };
  }

  /** Another history: what was answered in the one before says nothing there. */
  forgetAnswers(): void {
    for (const lane of this.#lanes.values()) lane.answers = [];
  }

  /** Puts a write at the end of its ticket's lane; fulfilled when its turn comes, which `leave` ends. */
  async enter(item: Item): Promise<Lane> {
    const lane = this.#laneOf(item.entry.ticketId);
    lane.items.push(item);
    this.#counted();
    if (lane.items.length > 1) await new Promise<void>((resolve) => lane.turns.push(resolve));
    return lane;
  }

  leave({ entry: { ticketId }, recalled }: Item): void {
    const lane = this.#lanes.get(ticketId);
    lane?.items.shift();
    this.#clear(ticketId);
    lane?.turns.shift()?.();
    recalled?.();
    this.#counted();
  }

  stuck(ticketId: number, is: boolean): void {
    const lane = this.#lanes.get(ticketId);
    if (!lane || lane.stuck === is) return;
    lane.stuck = is;
    this.#counted();
  }

  #laneOf(ticketId: number): Lane {
    const lane = this.#lanes.get(ticketId) ?? new Lane();
    this.#lanes.set(ticketId, lane);
    return lane;
  }

  #clear(ticketId: number): void {
    const lane = this.#lanes.get(ticketId);
    if (lane?.items.length === 0 && lane.holds === 0) this.#lanes.delete(ticketId);
  }

  #sum(counts: (lane: Lane) => boolean): number {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + (counts(lane) ? countOf(lane) : 0), 0);
  }
}

const countOf = ({ items }: Lane): number => items.filter(({ discarded }) => !discarded).length;

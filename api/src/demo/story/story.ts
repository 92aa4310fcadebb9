import type { Actor } from '../../contract/actor.js';
import type { Category, Classification, Priority, Status } from '../../contract/ticket.js';
import type { Draft } from '../content/writer.js';

/** What of a ticket changes in the course of its life. */
export interface State {
  readonly status: Status;
  readonly priority: Priority;
  readonly category: Category;
  /** The agent's id. */
  readonly assignee: string | null;
  readonly classification: Classification;
}

/** Something that somebody does with a ticket, at least one value of which becomes another. */
export interface Step {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly actor: Actor;
  readonly change: Partial<State>;
}

/** A ticket from its arrival to its end, be that past or still to come. */
export interface Story {
  readonly draft: Draft;
  readonly createdAt: number;
  readonly createdBy: Actor;
  readonly initial: State;
  /** In the order of time. */
  readonly steps: readonly Step[];
}

/** The state that `steps` lead to. */
export function stateAfter(initial: State, steps: readonly Step[]): State {
  return steps.reduce<State>((state, { change }) => ({ ...state, ...change }), initial);
}

/** How many steps of a story lie in the past of `now`. */
export function stepsBefore({ steps }: Story, now: number): number {
  const upcoming = steps.findIndex(({ at }) => at > now);
  return upcoming === -1 ? steps.length : upcoming;
}

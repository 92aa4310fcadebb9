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

/** Something that somebody says about a ticket. */
export interface Remark {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly author: Actor;
  readonly body: string;
  /** A note that only the desk sees. */
  readonly internal: boolean;
}

/** What happens to a ticket after its arrival. */
export type Deed = Step | Remark;

/** A ticket from its arrival to its end, be that past or still to come. */
export interface Story {
  readonly draft: Draft;
  readonly createdAt: number;
  readonly createdBy: Actor;
  readonly initial: State;
  /** In the order of time. */
  readonly steps: readonly Step[];
  /** In the order of time. */
  readonly remarks: readonly Remark[];
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

/** What has been said before `now`. */
export function remarksBefore({ remarks }: Story, now: number): readonly Remark[] {
  return remarks.filter(({ at }) => at <= now);
}

/** Steps and remarks in the order of time. */
export function deeds({ steps, remarks }: Pick<Story, 'steps' | 'remarks'>): Deed[] {
  return [...steps, ...remarks].sort((a, b) => a.at - b.at);
}

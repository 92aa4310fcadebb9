import { type State, stateAfter, type Step, stepsBefore, type Story } from '../story/story.js';

/** A ticket as the traffic knows it. */
export interface DeskTicket {
  readonly id: number;
  readonly draft: Story['draft'];
  state: State;
  version: number;
  /** What is still to happen, in the order of time. */
  upcoming: readonly Step[];
}

/** How far down from the newest the eyes of whoever watches mostly are. */
const IN_SIGHT = 25;
const NEXT = 15;

/** All tickets that nobody but the demo itself has touched. */
export class Desk {
  readonly #tickets = new Map<number, DeskTicket>();

  /** The stories as `seed` has stored them. */
  static of(stories: readonly Story[], now: number): Desk {
    const desk = new Desk();
    for (const [index, story] of stories.entries()) desk.add(index + 1, story, stepsBefore(story, now));
    return desk;
  }

  add(id: number, { draft, initial, steps }: Story, done = 0): void {
    const state = stateAfter(initial, steps.slice(0, done));
    this.#tickets.set(id, { id, draft, state, version: done + 1, upcoming: steps.slice(done) });
  }

  /** Somebody else has changed it: it is theirs from now on. */
  forget({ id }: DeskTicket): void {
    this.#tickets.delete(id);
  }

  /** Tickets that wait for somebody or are worked on. */
  get unsolved(): number {
    const solved = ['resolved', 'closed'];
    return [...this.#tickets.values()].filter(({ state }) => !solved.includes(state.status)).length;
  }

  /** Those whose turn it is by the time of their stories. */
  due(): DeskTicket[] {
    return this.#unfinished()
      .sort((a, b) => a.upcoming[0]!.at - b.upcoming[0]!.at)
      .slice(0, NEXT);
  }

  /** The newest of those with something to come. */
  inSight(): DeskTicket[] {
    return this.#unfinished()
      .sort((a, b) => b.id - a.id)
      .slice(0, IN_SIGHT);
  }

  /** New ones that the classifier has not looked at yet. */
  unclassified(): DeskTicket[] {
    return this.#unfinished().filter(({ state }) => state.classification.source === 'pending');
  }

  /** Newest first, those that are done with. */
  done(): DeskTicket[] {
    return [...this.#tickets.values()]
      .filter(({ upcoming, state }) => upcoming.length === 0 && state.status === 'closed')
      .sort((a, b) => b.id - a.id);
  }

  #unfinished(): DeskTicket[] {
    return [...this.#tickets.values()].filter(({ upcoming }) => upcoming.length > 0);
  }
}

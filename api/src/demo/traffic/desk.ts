import {
  type Deed,
  deeds,
  remarksBefore,
  type State,
  stateAfter,
  stepsBefore,
  type Story,
} from '../story/story.js';

/** A ticket as the traffic knows it. */
export interface DeskTicket {
  readonly id: number;
  readonly draft: Story['draft'];
  state: State;
  version: number;
  /** How many there are by now. */
  comments: number;
  /** What is still to happen, in the order of time. */
  upcoming: readonly Deed[];
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
    for (const [index, story] of stories.entries()) desk.add(index + 1, story, now);
    return desk;
  }

  /** @param now what the story tells up to this moment has happened; absent: the arrival only */
  add(id: number, story: Story, now = story.createdAt): void {
    const done = stepsBefore(story, now);
    this.#tickets.set(id, {
      id,
      draft: story.draft,
      state: stateAfter(story.initial, story.steps.slice(0, done)),
      version: done + 1,
      comments: remarksBefore(story, now).length,
      upcoming: deeds(story).filter(({ at }) => at > now),
    });
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

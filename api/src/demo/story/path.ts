import type { Actor } from '../../contract/actor.js';
import type { Remark, State, Step } from './story.js';

/** Steps one after another, each from the state that the ones before it led to, and what is said on the way. */
export class Path {
  readonly steps: Step[] = [];
  readonly remarks: Remark[] = [];

  constructor(
    public state: State,
    public at: number,
  ) {}

  wait(ms: number): this {
    this.at += ms;
    return this;
  }

  to(at: number): void {
    this.at = at;
  }

  say(said: Omit<Remark, 'at'>): void {
    this.remarks.push({ at: this.at, ...said });
  }

  /** A change that changes nothing is none. */
  do(actor: Actor, wanted: Partial<State>): void {
    const differing = Object.entries(wanted).filter(
      ([field, value]) => this.state[field as keyof State] !== value,
    );
    if (differing.length === 0) return;
    const change = Object.fromEntries(differing) as Partial<State>;
    this.state = { ...this.state, ...change };
    this.steps.push({ at: this.at, actor, change });
  }
}

import type { Actor } from '../../contract/actor.js';
import type { Classification, Priority } from '../../contract/ticket.js';
import { type Agent, AGENTS } from '../agents.js';
import type { Draft } from '../content/writer.js';
import type { Random } from '../random.js';
import { fallbackClassification, humanClassification, modelClassification, PENDING } from './classify.js';
import { afterWork } from './office-hours.js';
import { Path } from './path.js';
import type { State, Step, Story } from './story.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
type Span = readonly [min: number, max: number];

/** From arrival to claim, and from there to the solution; for critical ones around the clock, else working time. */
const CLAIM: Readonly<Record<Priority, Span>> = {
  critical: [2 * MINUTE_MS, 15 * MINUTE_MS],
  high: [8 * MINUTE_MS, 3 * HOUR_MS],
  medium: [30 * MINUTE_MS, 20 * HOUR_MS],
  low: [HOUR_MS, 45 * HOUR_MS],
};
const SOLVE: Readonly<Record<Priority, Span>> = {
  critical: [20 * MINUTE_MS, 4 * HOUR_MS],
  high: [40 * MINUTE_MS, 11 * HOUR_MS],
  medium: [2 * HOUR_MS, 45 * HOUR_MS],
  low: [2 * HOUR_MS, 60 * HOUR_MS],
};
const CLOSE: Span = [12 * HOUR_MS, 60 * HOUR_MS];
/** Some lie about, and some wait for somebody else in between; in working time. */
const NEGLECTED: Span = [15 * HOUR_MS, 140 * HOUR_MS];
const HELD_UP: Span = [30 * HOUR_MS, 200 * HOUR_MS];

const agentActor = ({ id, name }: Agent): Actor => ({ kind: 'agent', id, name });
const requesterActor = ({ requester }: Draft): Actor => ({
  kind: 'requester',
  id: null,
  name: requester.name,
});

/** Tells what becomes of tickets. */
export class Life {
  constructor(private readonly random: Random) {}

  /** The whole life of a ticket that arrives at `at`, to its closing. */
  of(draft: Draft, at: number): Story {
    const { random } = this;
    const agent = this.#agentFor(draft);
    const arrival = this.#arrival(draft);
    const path = new Path(arrival.initial, at);
    if (arrival.later !== null) {
      const { category, priority } = arrival.later;
      const actor: Actor = { kind: 'classifier', id: null, name: arrival.later.model ?? 'Classifier' };
      path.wait(random.int(1_300, 4_200)).do(actor, { category, priority, classification: arrival.later });
    }

    const urgent = draft.priority === 'critical' || draft.priority === 'high';
    path.to(
      this.#later(at, !urgent && random.chance(0.2) ? NEGLECTED : CLAIM[draft.priority], draft.priority),
    );
    if (random.chance(0.9)) {
      // A look at the text shows what it really is about.
      path.do(agentActor(agent), { category: draft.category, priority: draft.priority });
      path.wait(random.int(15, 90) * 1_000);
    }
    this.#solve(path, agent, draft);
    if (random.chance(0.06)) this.#reopen(path, draft, agent);
    return {
      draft,
      createdAt: at,
      createdBy: arrival.by(agent),
      initial: arrival.initial,
      steps: path.steps,
    };
  }

  /** What follows when the requester writes again after `at` although all seemed well. */
  again(draft: Draft, state: State, at: number): readonly Step[] {
    const path = new Path(state, at);
    const agent = AGENTS.find(({ id }) => id === state.assignee) ?? this.#agentFor(draft);
    this.#reopen(path, draft, agent);
    return path.steps;
  }

  #arrival(draft: Draft): { initial: State; later: Classification | null; by: (agent: Agent) => Actor } {
    const { random } = this;
    const way = random.weighted([
      ['form', 62],
      ['script', 17],
      ['model away', 8],
      ['telephone', 13],
    ]);
    const starting = (classification: Classification): State => {
      const { category, priority } = classification;
      return { status: 'open', category, priority, assignee: null, classification };
    };
    const by = () => requesterActor(draft);
    if (way === 'form') return { initial: starting(modelClassification(draft, random)), later: null, by };
    if (way === 'model away') return { initial: starting(fallbackClassification(random)), later: null, by };
    if (way === 'telephone')
      return { initial: starting(humanClassification(draft)), later: null, by: agentActor };
    const later = random.chance(0.9) ? modelClassification(draft, random) : fallbackClassification(random);
    return { initial: starting(PENDING), later, by };
  }

  #solve(path: Path, agent: Agent, draft: Draft): void {
    const { random } = this;
    let holder = agent;
    const { priority } = path.state;
    if (random.chance(0.55)) path.do(agentActor(holder), { assignee: holder.id, status: 'in_progress' });
    else {
      path.do(agentActor(holder), { assignee: holder.id });
      path.to(this.#later(path.at, [4 * MINUTE_MS, 90 * MINUTE_MS], priority));
      path.do(agentActor(holder), { status: 'in_progress' });
    }
    if (random.chance(0.04) && (priority === 'low' || priority === 'medium')) {
      path.to(this.#later(path.at, [5 * MINUTE_MS, HOUR_MS], priority));
      path.do(agentActor(holder), { priority: priority === 'low' ? 'medium' : 'high' });
    }
    if (random.chance(0.07)) {
      path.to(this.#later(path.at, [10 * MINUTE_MS, 3 * HOUR_MS], priority));
      const other = this.#agentFor(draft, holder);
      path.do(agentActor(holder), { assignee: other.id });
      holder = other;
    }
    const heldUp = priority !== 'critical' && random.chance(0.2);
    path.to(this.#later(path.at, heldUp ? HELD_UP : SOLVE[priority], priority));
    path.do(agentActor(holder), { status: 'resolved' });
    path.to(this.#later(path.at, CLOSE, 'low'));
    path.do(agentActor(holder), { status: 'closed' });
  }

  #reopen(path: Path, draft: Draft, agent: Agent): void {
    path.to(path.at + this.#span([20 * MINUTE_MS, 20 * HOUR_MS]));
    path.do(requesterActor(draft), { status: 'open' });
    path.to(this.#later(path.at, CLAIM[draft.priority], draft.priority));
    path.do(agentActor(agent), { assignee: agent.id, status: 'in_progress' });
    path.to(this.#later(path.at, SOLVE[draft.priority], draft.priority));
    path.do(agentActor(agent), { status: 'resolved' });
    path.to(this.#later(path.at, CLOSE, 'low'));
    path.do(agentActor(agent), { status: 'closed' });
  }

  #agentFor({ category }: Draft, but?: Agent): Agent {
    const others = AGENTS.filter((agent) => agent !== but);
    return this.random.weighted(others.map((agent) => [agent, agent.knows.includes(category) ? 8 : 0.5]));
  }

  #later(at: number, span: Span, priority: Priority): number {
    const ms = this.#span(span);
    return priority === 'critical' ? at + ms : afterWork(at, ms);
  }

  /** Mostly short, sometimes long: even on a logarithmic scale. */
  #span([min, max]: Span): number {
    return min * (max / min) ** this.random.next();
  }
}

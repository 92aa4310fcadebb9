import type { Actor } from '../../contract/actor.js';
import type { Classification } from '../../contract/ticket.js';
import { type Agent, AGENTS } from '../agents.js';
import type { Draft } from '../content/writer.js';
import type { Random } from '../random.js';
import { fallbackClassification, humanClassification, modelClassification, PENDING } from './classify.js';
import { agentActor, Colleagues } from './colleagues.js';
import { Conversation } from './conversation.js';
import { CLAIM, CLOSE, HELD_UP, NEGLECTED, Pace, SOLVE } from './pace.js';
import { Path } from './path.js';
import type { State, Story } from './story.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const requesterActor = ({ requester }: Draft): Actor => ({
  kind: 'requester',
  id: null,
  name: requester.name,
});

/** Tells what becomes of tickets. */
export class Life {
  readonly #pace: Pace;
  readonly #colleagues: Colleagues;
  readonly #conversation: Conversation;

  constructor(private readonly random: Random) {
    this.#pace = new Pace(random);
    this.#colleagues = new Colleagues(random);
    this.#conversation = new Conversation(random, this.#pace, this.#colleagues);
  }

  /** The whole life of a ticket that arrives at `at`, to its closing. */
  of(draft: Draft, at: number): Story {
    const { random } = this;
    const agent = this.#colleagues.whoKnows(draft.category);
    const arrival = this.#arrival(draft);
    const path = new Path(arrival.initial, at);
    if (arrival.later !== null) {
      const { category, priority } = arrival.later;
      const actor: Actor = { kind: 'classifier', id: null, name: arrival.later.model ?? 'Classifier' };
      path.wait(random.int(1_300, 4_200)).do(actor, { category, priority, classification: arrival.later });
    }

    const urgent = draft.priority === 'critical' || draft.priority === 'high';
    path.to(
      this.#pace.later(at, !urgent && random.chance(0.2) ? NEGLECTED : CLAIM[draft.priority], draft.priority),
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
      remarks: path.remarks,
    };
  }

  /** What follows when the requester writes again after `at` although all seemed well. */
  again(draft: Draft, state: State, at: number): Pick<Story, 'steps' | 'remarks'> {
    const path = new Path(state, at);
    const agent = AGENTS.find(({ id }) => id === state.assignee) ?? this.#colleagues.whoKnows(draft.category);
    this.#reopen(path, draft, agent);
    return path;
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
      path.to(this.#pace.later(path.at, [4 * MINUTE_MS, 90 * MINUTE_MS], priority));
      path.do(agentActor(holder), { status: 'in_progress' });
    }
    const asked = this.#conversation.opening(path, draft, holder);
    if (random.chance(0.04) && (priority === 'low' || priority === 'medium')) {
      path.to(this.#pace.later(path.at, [5 * MINUTE_MS, HOUR_MS], priority));
      path.do(agentActor(holder), { priority: priority === 'low' ? 'medium' : 'high' });
      this.#conversation.raising(path, draft, holder);
    }
    if (random.chance(0.07)) {
      path.to(this.#pace.later(path.at, [10 * MINUTE_MS, 3 * HOUR_MS], priority));
      const other = this.#colleagues.whoKnows(draft.category, holder);
      this.#conversation.handing(path, draft, holder, other);
      path.do(agentActor(holder), { assignee: other.id });
      holder = other;
      this.#conversation.takenOver(path, draft, holder);
    }
    const slow = priority !== 'critical' && random.chance(0.2);
    const ms = this.#pace.span(slow ? HELD_UP : SOLVE[priority]);
    this.#conversation.work(path, draft, holder, ms, { asked, slow });
    this.#end(path, draft, holder, false);
  }

  #reopen(path: Path, draft: Draft, agent: Agent): void {
    path.to(path.at + this.#pace.span([20 * MINUTE_MS, 20 * HOUR_MS]));
    path.do(requesterActor(draft), { status: 'open' });
    path.to(this.#pace.later(path.at, CLAIM[draft.priority], draft.priority));
    path.do(agentActor(agent), { assignee: agent.id, status: 'in_progress' });
    this.#conversation.returning(path, draft, agent);
    this.#conversation.work(path, draft, agent, this.#pace.span(SOLVE[draft.priority]), { again: true });
    this.#end(path, draft, agent, true);
  }

  #end(path: Path, draft: Draft, agent: Agent, again: boolean): void {
    this.#conversation.ending(path, draft, agent, again);
    path.do(agentActor(agent), { status: 'resolved' });
    path.to(this.#pace.later(path.at, CLOSE, 'low'));
    path.do(agentActor(agent), { status: 'closed' });
  }
}

import type { Agent } from '../agents.js';
import type { Draft } from '../content/writer.js';
import type { Random } from '../random.js';
import { agentActor, type Colleagues } from './colleagues.js';
import { ANSWER, type Pace, workAfter } from './pace.js';
import type { Path } from './path.js';
import { Speech } from './speech.js';

/** Something said when a share of the work is done. */
interface Plan {
  readonly share: number;
  readonly say: () => void;
}

/** Tells what is said about tickets: answers to customers, notes between agents. It moves the path on in time. */
export class Conversation {
  readonly #speech: Speech;

  constructor(
    private readonly random: Random,
    private readonly pace: Pace,
    colleagues: Colleagues,
  ) {
    this.#speech = new Speech(random, colleagues);
  }

  /** The first answer, which a few go without. @returns whether it asked something back */
  opening(path: Path, draft: Draft, agent: Agent): boolean {
    if (this.random.chance(0.07)) return false;
    path.to(this.pace.later(path.at, ANSWER[draft.priority], draft.priority));
    const asks = this.random.chance(0.38);
    this.#tell(path, agent, this.#speech.first(draft, agent, asks));
    return asks;
  }

  /**
   * What is said during `ms` of work, at the end of which the path then is.
   * @param asked whether the customer owes an answer
   * @param slow whether it takes long
   * @param again whether it was back
   */
  work(
    path: Path,
    draft: Draft,
    agent: Agent,
    ms: number,
    { asked = false, slow = false, again = false },
  ): void {
    const { random } = this;
    const [from, { priority }] = [path.at, path.state];
    const plans: Plan[] = [];
    if (asked) plans.push(this.#noting(path, draft, agent, 'answered', random.between(0.1, 0.3)));
    if (random.chance(0.4)) plans.push(...this.#consulting(path, draft, agent, again));
    if (slow && random.chance(0.85)) {
      plans.push(this.#noting(path, draft, agent, 'stuck', random.between(0.72, 0.78)));
      const update = () => this.#tell(path, agent, this.#speech.between(draft, agent, 'waiting'));
      plans.push({ share: random.between(0.79, 0.9), say: update });
    }
    for (const { share, say } of plans) {
      path.to(workAfter(from, ms * share, priority));
      say();
    }
    path.to(workAfter(from, ms, priority));
  }

  /** The last answer, which leaves the path at the moment to call it resolved. */
  ending(path: Path, draft: Draft, agent: Agent, again: boolean): void {
    if (this.random.chance(0.06)) return;
    this.#tell(path, agent, this.#speech.solved(draft, agent, again));
    path.wait(this.random.int(6, 50) * 1_000);
  }

  /** Words to whoever takes over, before they do. */
  handing(path: Path, draft: Draft, agent: Agent, to: Agent): void {
    this.#note(path, agent, this.#speech.note(draft, agent, 'handing', to).body);
    path.wait(this.random.int(5, 40) * 1_000);
  }

  /** Words of whoever has taken over. */
  takenOver(path: Path, draft: Draft, agent: Agent): void {
    if (this.random.chance(0.4)) return;
    path.to(this.pace.later(path.at, ANSWER[draft.priority], path.state.priority));
    this.#tell(path, agent, this.#speech.between(draft, agent, 'takingOver'));
  }

  /** Why somebody finds it more urgent now. */
  raising(path: Path, draft: Draft, agent: Agent): void {
    path.wait(this.random.int(20, 90) * 1_000);
    this.#note(path, agent, this.#speech.note(draft, agent, 'raised').body);
  }

  /** What is said when the customer is back. */
  returning(path: Path, draft: Draft, agent: Agent): void {
    path.wait(this.random.int(20, 120) * 1_000);
    this.#note(path, agent, this.#speech.note(draft, agent, 'back').body);
    path.to(this.pace.later(path.at, ANSWER[draft.priority], draft.priority));
    this.#tell(path, agent, this.#speech.between(draft, agent, 'returning'));
  }

  /** A note on the matter, which somebody whom it names mostly answers. */
  #consulting(path: Path, draft: Draft, agent: Agent, again: boolean): Plan[] {
    const note = this.#speech.note(draft, agent, again ? 'matter again' : 'matter');
    const asking: Plan = {
      share: this.random.between(0.32, 0.5),
      say: () => this.#note(path, agent, note.body),
    };
    const { named } = note;
    if (named === undefined || this.random.chance(0.35)) return [asking];
    return [asking, this.#noting(path, draft, named, 'answering', this.random.between(0.53, 0.7))];
  }

  #noting(
    path: Path,
    draft: Draft,
    agent: Agent,
    what: 'answered' | 'answering' | 'stuck',
    share: number,
  ): Plan {
    return { share, say: () => this.#note(path, agent, this.#speech.note(draft, agent, what).body) };
  }

  #tell(path: Path, agent: Agent, body: string): void {
    path.say({ author: agentActor(agent), body, internal: false });
  }

  #note(path: Path, agent: Agent, body: string): void {
    path.say({ author: agentActor(agent), body, internal: true });
  }
}

import type { Actor } from '../../contract/actor.js';
import type { Category } from '../../contract/ticket.js';
import { type Agent, AGENTS } from '../agents.js';
import type { Random } from '../random.js';

/** Who among those at the desk does something. */
export class Colleagues {
  constructor(private readonly random: Random) {}

  /** Mostly somebody who works on such things. */
  whoKnows(category: Category, but?: Agent): Agent {
    const others = AGENTS.filter((agent) => agent !== but);
    return this.random.weighted(others.map((agent) => [agent, agent.knows.includes(category) ? 8 : 0.5]));
  }
}

/** An agent as the log names them. */
export const agentActor = ({ id, name }: Agent): Actor => ({ kind: 'agent', id, name });

import type { Random } from '../random.js';
import { Decks } from './decks.js';
import type { Language, Scenario } from './scenario.js';
import type { Slots } from './slots.js';
import { fill } from './template.js';

/** What agents can say about one ticket. In notes `{peer}` and the like are still open: see `replies.ts`. */
export interface Answers {
  /** That they write in; absent: English. */
  readonly language?: Language;
  readonly first: string;
  readonly ask: string;
  readonly note: string;
  readonly solved: string;
}

/** Names of colleagues, which are known only when somebody writes. */
const COLLEAGUES: readonly string[] = ['peer', 'billing', 'technical', 'account'];

/** Chooses answers as `Writer` chooses the texts of tickets. */
export class AnswerWriter {
  readonly #decks: Decks;

  constructor(private readonly random: Random) {
    this.#decks = new Decks(random);
  }

  /** What the desk says about a ticket whose slots are these. */
  about({ replies, language }: Scenario, slots: Slots): Answers {
    const open = { value: (name: string) => (COLLEAGUES.includes(name) ? `{${name}}` : slots.value(name)) };
    const one = (templates: readonly string[]) => fill(this.#decks.draw(templates), open, this.random);
    return {
      ...(language === undefined ? {} : { language }),
      first: one(replies.first),
      ask: one(replies.asks),
      note: one(replies.notes),
      solved: one(replies.solved),
    };
  }
}

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
  /** Another when it is back, as of what is said at the end. */
  readonly notes: Pair;
  readonly solved: Pair;
}

type Pair = readonly [first: string, again: string];

/** Names of colleagues, which are known only when somebody writes. */
const COLLEAGUES: readonly string[] = ['peer', 'billing', 'technical', 'account'];

/** Chooses answers as `Writer` chooses the texts of tickets. */
export class AnswerWriter {
  readonly #decks: Decks;

  constructor(private readonly random: Random) {
    this.#decks = new Decks(random);
  }

  /**
   * What the desk says about a ticket whose slots are these.
   * @param story the place of its story in the scenario
   */
  about({ replies, stories, language }: Scenario, slots: Slots, story: number): Answers {
    const open = { value: (name: string) => (COLLEAGUES.includes(name) ? `{${name}}` : slots.value(name)) };
    const write = (template: string) => fill(template, open, this.random);
    const fitting = (templates: readonly string[]) =>
      templates.length === stories.length ? templates[story]! : this.#decks.draw(templates);
    const pair = (templates: readonly string[], first: string): Pair => {
      const again = templates[(templates.indexOf(first) + 1) % templates.length]!;
      return [write(first), write(again)];
    };
    return {
      ...(language === undefined ? {} : { language }),
      first: write(fitting(replies.first)),
      ask: write(fitting(replies.asks)),
      notes: pair(replies.notes, this.#decks.draw(replies.notes)),
      solved: pair(replies.solved, fitting(replies.solved)),
    };
  }
}

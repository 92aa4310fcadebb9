import { type Category, PRIORITIES, type Priority } from '../../contract/ticket.js';
import type { Random } from '../random.js';
import { type Answers, AnswerWriter } from './answers.js';
import { Customers, type Requester } from './requesters.js';
import type { Scenario } from './scenario.js';
import { SCENARIOS } from './scenarios.js';
import { Slots } from './slots.js';
import { fill } from './template.js';
import { CALM, URGENT, type Voice, VOICES } from './voices.js';

/** What a customer has written, and what it really is about. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly requester: Requester;
  readonly category: Category;
  readonly priority: Priority;
  /** In a classifier's words. */
  readonly reason: string;
  /** What the desk has to say about it. */
  readonly answers: Answers;
}

/** So many other scenarios come before one comes again. */
const REST = 60;
/** What one of so many said before is not said again. */
const REMEMBERED = 500;
const URGENT_SHARE = 0.1;
const CALM_SHARE = 0.12;

/** Writes tickets as customers would, one after another. */
export class Writer {
  readonly #customers: Customers;
  readonly #answers: AnswerWriter;
  #recent: Scenario[] = [];
  #said: string[] = [];
  /** The title that a scenario had last: none comes twice before all have been there. */
  readonly #turns = new Map<Scenario, number>();

  constructor(private readonly random: Random) {
    this.#customers = new Customers(random);
    this.#answers = new AnswerWriter(random);
  }

  /** About something ordinary. `at`: when, in milliseconds since 1970. */
  ordinary(at: number): Draft {
    for (;;) {
      const fresh = SCENARIOS.filter((scenario) => !this.#recent.includes(scenario));
      const scenario = this.random.weighted(fresh.map((one) => [one, frequency(one)]));
      this.#recent = [scenario, ...this.#recent].slice(0, REST);
      const draft = this.about(scenario, at);
      if (this.#said.includes(draft.description)) continue;
      this.#said = [draft.description, ...this.#said].slice(0, REMEMBERED);
      return draft;
    }
  }

  /** About a given matter. */
  about(scenario: Scenario, at: number): Draft {
    const { random } = this;
    const { category, reason, language, titles, stories } = scenario;
    const requester = this.#customers.next(language);
    const slots = new Slots(random, { requester, at, ...(language === undefined ? {} : { language }) });
    const urgency = this.#urgency(scenario);
    const turn = this.#turn(scenario);
    const title = fill(titles[turn]!, slots, random).trim();
    const story = fill(stories[turn % stories.length]!, slots, random);
    const answers = this.#answers.about(scenario, slots, turn % stories.length);
    const draft = { requester, category, priority: urgency.priority, reason, answers };
    if (language !== undefined) return { ...draft, title, description: story };

    const voice = this.#voice(scenario, urgency);
    const paragraphs = [
      random.pick(voice.greetings),
      join(random.pick(voice.openers), voice.terse ? story.split('\n\n')[0]! : story),
      random.chance(voice.careful) ? random.pick(scenario.details ?? ['']) : '',
      join(urgency.remark, random.pick(voice.closers)),
      random.pick(voice.signatures),
    ].map((paragraph) => fill(paragraph, slots, random));
    const text = paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
    return voice.hasty
      ? { ...draft, title: hasty(title), description: hasty(text) }
      : { ...draft, title: capital(title), description: text };
  }

  #turn(scenario: Scenario): number {
    const last = this.#turns.get(scenario) ?? this.random.int(0, scenario.titles.length - 1);
    const turn = (last + 1) % scenario.titles.length;
    this.#turns.set(scenario, turn);
    return turn;
  }

  #voice(scenario: Scenario, urgency: Urgency): Voice {
    const calm = scenario.priority === 'low' || scenario.category === 'general' || urgency.mood === 'calm';
    const fitting = VOICES.filter((one) => one.priorities.includes(urgency.priority) && !(one.angry && calm));
    return this.random.weighted(fitting.map((one) => [one, one.weight]));
  }

  /** Now and then a matter is more or less urgent than it mostly is, and the text says so. */
  #urgency({ category, priority, language }: Scenario): Urgency {
    const usual: Urgency = { mood: 'usual', priority, remark: '' };
    if (language !== undefined || category === 'general') return usual;
    const rank = PRIORITIES.indexOf(priority);
    const dice = this.random.next();
    if (dice < URGENT_SHARE && (priority === 'low' || priority === 'medium'))
      return { mood: 'urgent', priority: PRIORITIES[rank + 1]!, remark: this.random.pick(URGENT) };
    if (dice > 1 - CALM_SHARE && (priority === 'medium' || priority === 'high'))
      return { mood: 'calm', priority: PRIORITIES[rank - 1]!, remark: this.random.pick(CALM) };
    return usual;
  }
}

interface Urgency {
  readonly mood: 'usual' | 'urgent' | 'calm';
  readonly priority: Priority;
  readonly remark: string;
}

const SHARES: Readonly<Record<Category, number>> = { billing: 1, technical: 1.25, account: 1, general: 0.8 };

const frequency = ({ category, language }: Scenario) => SHARES[category] * (language === undefined ? 1 : 0.4);

const join = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');

/** An address at the start of a title stays as it is. */
const capital = (title: string) =>
  /^\S+\.\S/.test(title) ? title : title.charAt(0).toUpperCase() + title.slice(1);

/** Without capitals at the starts of sentences; names, codes and abbreviations keep theirs. */
function hasty(text: string): string {
  return text
    .replace(/\bI\b(?!-)/g, 'i')
    .replace(
      /(^|[.!?:] |\n)([A-Z])(?=[a-z']* )/g,
      (_, before: string, letter: string) => before + letter.toLowerCase(),
    );
}

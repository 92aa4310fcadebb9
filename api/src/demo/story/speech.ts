import type { Agent } from '../agents.js';
import { Decks } from '../content/decks.js';
import { DESK_NOTES } from '../content/replies/desk-notes.js';
import { mannersOf } from '../content/replies/manners-of.js';
import type { Manners } from '../content/replies/manners.js';
import { fill } from '../content/template.js';
import type { Draft } from '../content/writer.js';
import type { Random } from '../random.js';
import type { Colleagues } from './colleagues.js';

/** The matter itself begins with thanks or the like: no more of that before it. */
const COURTEOUS = /^(Thank|Sorry|I am sorry|Good|Glad|Happy|Yes|Welcome|Lovely|What a)/;

/** Words for what agents have to say: to customers in the customer's language, to each other in English. */
export class Speech {
  readonly #decks: Decks;

  constructor(
    private readonly random: Random,
    private readonly colleagues: Colleagues,
  ) {
    this.#decks = new Decks(random);
  }

  /** A first answer, with a question or without. */
  first(draft: Draft, agent: Agent, asks: boolean): string {
    const { answers, priority } = draft;
    return this.#letter(draft, agent, (manners) => {
      const opening = priority === 'critical' ? manners.alarmed : manners.acknowledging;
      const matter = [COURTEOUS.test(answers.first) ? '' : this.#decks.draw(opening), answers.first];
      const question = [this.#decks.draw(manners.asking), answers.ask];
      return [matter, asks ? question : [this.#decks.draw(manners.following)]];
    });
  }

  /** The last word on the matter, or what is one when it was back. */
  solved(draft: Draft, agent: Agent, again: boolean): string {
    return this.#letter(draft, agent, (manners) => [
      [draft.answers.solved[again ? 1 : 0]],
      [this.#decks.draw(manners.closing)],
    ]);
  }

  /** Something said in between. */
  between(draft: Draft, agent: Agent, what: 'waiting' | 'takingOver' | 'returning'): string {
    return this.#letter(draft, agent, (manners) => [[this.#decks.draw(manners[what])]]);
  }

  /**
   * A note among colleagues: on the matter, or of a kind.
   * @returns with whom it names, if anybody
   */
  note(
    draft: Draft,
    agent: Agent,
    what: keyof typeof DESK_NOTES | 'matter' | 'matter again',
    named?: Agent,
  ): { readonly body: string; readonly named: Agent | undefined } {
    let mentioned = named;
    const value = (name: string) => {
      if (name === 'first') return draft.requester.first;
      mentioned ??= this.colleagues.whoKnows(name === 'peer' ? draft.category : knowledge(name), agent);
      return mentioned.name.split(' ')[0]!;
    };
    const [matter, again] = draft.answers.notes;
    const template =
      what === 'matter'
        ? matter
        : what === 'matter again'
          ? again
          : this.#decks.draw<string>(DESK_NOTES[what]);
    return { body: fill(template, { value }, this.random), named: mentioned };
  }

  /** Paragraphs of sentences between a greeting and a name. */
  #letter(draft: Draft, agent: Agent, write: (manners: Manners) => readonly (readonly string[])[]): string {
    const { requester, answers } = draft;
    const manners = mannersOf(answers.language);
    const names: Readonly<Record<string, string>> = {
      first: requester.first,
      me: requester.name,
      company: requester.company,
      agent: agent.name,
    };
    const paragraphs = write(manners).map((sentences) => sentences.filter((sentence) => sentence !== ''));
    return [[this.#decks.draw(manners.greetings)], ...paragraphs, [this.#decks.draw(manners.signatures)]]
      .filter((sentences) => sentences.length > 0)
      .map((sentences) => sentences.join(answers.language === 'ja' ? '' : ' '))
      .map((paragraph) => fill(paragraph, { value: (name) => names[name]! }, this.random))
      .join('\n\n');
  }
}

/** @throws Error when there is nothing of that name to know */
function knowledge(name: string): Agent['knows'][number] {
  if (name === 'billing' || name === 'technical' || name === 'account') return name;
  throw new Error(`Nobody is called {${name}}`);
}

import type { Random } from '../random.js';

/** Lists that are drawn from as from decks of cards: nothing comes again before all the others have been there. */
export class Decks {
  readonly #left = new Map<readonly unknown[], unknown[]>();

  constructor(private readonly random: Random) {}

  /** @param cards a list that lives as long as this, not empty */
  draw<Card>(cards: readonly Card[]): Card {
    const left = this.#left.get(cards) as Card[] | undefined;
    const deck = left === undefined || left.length === 0 ? [...cards] : left;
    const [card] = deck.splice(this.random.int(0, deck.length - 1), 1);
    this.#left.set(cards, deck);
    return card!;
  }
}

import { describe, expect, it } from '@jest/globals';

import { Random } from '../random.js';
import { Decks } from './decks.js';

describe('a deck', () => {
  it('gives each card once before any comes again', () => {
    const decks = new Decks(new Random(2));
    const cards = ['a', 'b', 'c', 'd'];
    for (let round = 0; round < 5; round += 1) {
      const drawn = cards.map(() => decks.draw(cards));
      expect(drawn.toSorted()).toEqual(cards);
    }
  });

  it('is one of its own for each list', () => {
    const decks = new Decks(new Random(2));
    decks.draw(['a', 'b']);
    expect(decks.draw(['c'])).toBe('c');
    expect(decks.draw(['c'])).toBe('c');
  });
});

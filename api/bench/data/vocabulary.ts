import { faker } from '@faker-js/faker';

import type { Random } from '../../test/support/random.js';

/** The commonest words of English, commonest first: the head of the distribution. */
const COMMON =
  'the to i and a is of in it my for not that on have with this you but when can be was we from after please get our what at are as do your there no has so by or if again still any been would an time just since now out they were me which how error page account email after order could'.split(
    ' ',
  );

/** What people write about to a help desk. */
const DESK =
  'login password invoice payment refund subscription plan upgrade dashboard export report browser mobile app crash timeout server sync calendar attachment upload download file folder permission admin user team workspace billing charge card receipt tax address profile settings notification message reply thread search filter slow loading blank screen button click link expired token api webhook integration import csv pdf printer network vpn certificate security locked reset verification code phone device windows android update version install license seat contract renewal discount coupon currency bank transfer duplicate missing wrong broken failed unable cannot stuck frozen outage maintenance status ticket support urgent customer shipping delivery tracking warehouse stock item cart checkout'.split(
    ' ',
  );

const LETTERS = 'etaoinshrdlcumwfgypbvk';

/** Zipf's exponent and Mandelbrot's shift, as fitted to English prose. */
const EXPONENT = 1.05;
const SHIFT = 2.7;
const RARE_WORDS = 20_000;

/** Words by rank, drawn with Zipf-Mandelbrot frequencies: the word of rank r with weight 1 / (r + shift) ^ exponent. */
export class Vocabulary {
  readonly words: readonly string[];
  readonly #cumulative: Float64Array;

  constructor(random: Random) {
    const { verb, noun, adjective, adverb } = faker.definitions.word;
    const listed = [...verb, ...noun, ...adjective, ...adverb];
    const made = Array.from({ length: RARE_WORDS }, () => nameLike(random));
    const words = [...COMMON, ...DESK, ...shuffled(listed, random), ...made].map((word) =>
      word.toLowerCase(),
    );
    this.words = [...new Set(words)];
    this.#cumulative = new Float64Array(this.words.length);
    let sum = 0;
    for (let rank = 0; rank < this.words.length; rank += 1) {
      sum += (rank + 1 + SHIFT) ** -EXPONENT;
      this.#cumulative[rank] = sum;
    }
  }

  draw(random: Random): string {
    const target = random.next() * this.#cumulative.at(-1)!;
    let low = 0;
    let high = this.words.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#cumulative[middle]! < target) low = middle + 1;
      else high = middle;
    }
    return this.words[low]!;
  }
}

/** The tail: names of people, products and places, each of them rare. */
function nameLike(random: Random): string {
  let name = '';
  for (let length = random.int(4, 10); length > 0; length -= 1) {
    // The square favours the commoner letters.
    name += LETTERS[Math.floor(random.next() ** 2 * LETTERS.length)];
  }
  return name;
}

function shuffled(words: readonly string[], random: Random): string[] {
  const copy = [...words];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = random.int(0, last);
    [copy[last], copy[other]] = [copy[other]!, copy[last]!];
  }
  return copy;
}

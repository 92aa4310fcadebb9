import { TicketMaker } from '../data/ticket-maker.js';

/** Searches of each kind, several, so that none is only ever read from memory. */
export interface SearchWords {
  /** In three tickets at any size. */
  readonly rare: readonly string[];
  /** In about one of a thousand tickets, as a part of a word or whole. */
  readonly '0.1 %': readonly string[];
  readonly '1 %': readonly string[];
  /** In a quarter of the tickets or more. */
  readonly common: readonly string[];
  /** Starts of words. */
  readonly 'two letters': readonly string[];
}

const SAMPLE = 5_000;
const EACH = 24;

/** Chooses the words by how many of a sample of tickets hold them. */
export function chooseSearchWords(size: number): SearchWords {
  const maker = new TicketMaker(size);
  const step = Math.max(1, Math.floor(size / SAMPLE));
  const texts: string[] = [];
  for (let id = 1; id <= size; id += step) {
    const { title, description } = maker.ticket(id);
    texts.push(`${title} ${description}`.toLowerCase());
  }
  const share = (word: string) => texts.filter((text) => text.includes(word)).length / texts.length;
  const words = candidates(texts);
  const between = (least: number, most: number) => {
    const found: string[] = [];
    for (const word of words) {
      if (found.length === EACH) break;
      const held = share(word);
      if (held >= least && held <= most) found.push(word);
    }
    return found;
  };
  return {
    rare: Array.from({ length: EACH }, (_, index) => TicketMaker.rareWord(7 + 41 * index)),
    '0.1 %': between(0.0006, 0.0015),
    '1 %': between(0.007, 0.013),
    common: between(0.25, 0.9),
    'two letters': ['pa', 'in', 'lo', 'sy', 'ex', 'up', 're', 'vp', 'wi', 'qu', 'zo', 'xe'],
  };
}

/** The sample's words of three letters and more, in an order of their own, without repeats. */
function candidates(texts: readonly string[]): string[] {
  return [...new Set(texts.slice(0, 1_000).flatMap((text) => text.match(/[a-z]{3,}/g) ?? []))];
}

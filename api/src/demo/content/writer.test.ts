import { describe, expect, it } from '@jest/globals';

import { requesterInput } from '../../contract/commands.js';
import { CATEGORIES, description, PRIORITIES, REASON_MAX, title } from '../../contract/ticket.js';
import { Random } from '../random.js';
import { SCENARIOS } from './scenarios.js';
import { INCIDENTS } from './scenarios/incidents.js';
import { type Draft, Writer } from './writer.js';

const AT = Date.parse('2026-11-18T10:30:00Z');
const COUNT = 2_000;

/** Within so many tickets, about what one scrolls through, nothing is read twice. */
const IN_SUCCESSION = 100;

function ordinary(seed: number): Draft[] {
  const writer = new Writer(new Random(seed));
  return Array.from({ length: COUNT }, () => writer.ordinary(AT));
}

const share = (drafts: readonly Draft[], fits: (draft: Draft) => boolean) =>
  drafts.filter(fits).length / COUNT;

describe('what customers write', () => {
  const drafts = ordinary(7);

  it('is allowed by the contract', () => {
    for (const draft of drafts) {
      expect(title.safeParse(draft.title)).toMatchObject({ success: true, data: draft.title });
      expect(description.safeParse(draft.description)).toMatchObject({
        success: true,
        data: draft.description,
      });
      const { name, email } = draft.requester;
      expect(requesterInput.safeParse({ name, email })).toMatchObject({ success: true });
      expect(draft.reason.length).toBeLessThanOrEqual(REASON_MAX);
    }
  });

  it('leaves no slot and no choice open, in any text of any scenario', () => {
    const writer = new Writer(new Random(11));
    for (const scenario of [...SCENARIOS, ...INCIDENTS]) {
      for (let turn = 0; turn < 4 * scenario.titles.length; turn += 1) {
        const { title, description } = writer.about(scenario, AT);
        expect(`${title}\n${description}`).not.toMatch(/\{[a-z]+\d?\}|\[[^\]]*\||NaN| {2}/);
      }
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(ordinary(7)).toEqual(drafts);
    expect(ordinary(8).map(({ title }) => title)).not.toEqual(drafts.map(({ title }) => title));
  });

  it('hardly repeats itself', () => {
    expect(new Set(drafts.map(({ title }) => title)).size).toBeGreaterThan(1_250);
    expect(new Set(drafts.map(({ description }) => description)).size).toBeGreaterThan(1_970);
    expect(new Set(drafts.map(({ requester }) => requester.email)).size).toBeGreaterThan(900);
  });

  it('never says the same twice in close succession', () => {
    const repeated = (['title', 'description'] as const).flatMap((field) => {
      const lastAt = new Map<string, number>();
      return drafts.flatMap((draft, index) => {
        const last = lastAt.get(draft[field]) ?? -Infinity;
        lastAt.set(draft[field], index);
        return index - last <= IN_SUCCESSION ? [draft[field]] : [];
      });
    });
    expect(repeated).toEqual([]);
  });

  it('is spread over categories and priorities as at a real desk', () => {
    for (const category of CATEGORIES) {
      const found = share(drafts, (draft) => draft.category === category);
      expect(found).toBeGreaterThan(0.12);
      expect(found).toBeLessThan(0.45);
    }
    const shares = PRIORITIES.map((priority) => share(drafts, (draft) => draft.priority === priority));
    expect(shares[0]).toBeGreaterThan(shares[1]!);
    expect(shares[1]).toBeGreaterThan(shares[2]!);
    expect(shares[2]).toBeGreaterThan(shares[3]!);
    expect(shares[3]).toBeGreaterThan(0.02);
  });

  it('is written to nobody: all addresses are of domains for examples', () => {
    for (const { requester } of drafts)
      expect(requester.email).toMatch(/@([a-z-]+\.)?example\.(com|org|net)$/);
    const texts = drafts.map(({ description }) => description).join('\n');
    for (const [address] of texts.matchAll(/\S+@\S+\.\S+/g))
      expect(address).toMatch(/example\.(com|org|net)/);
    for (const [url] of texts.matchAll(/https?:\/\/\S+/g)) expect(url).toMatch(/\bexample\.(com|org|net)/);
  });

  it('is about an outage from many sides when many write at once', () => {
    const writer = new Writer(new Random(3));
    const [outage] = INCIDENTS;
    const burst = Array.from({ length: 7 }, () => writer.about(outage!, AT));
    expect(new Set(burst.map(({ title }) => title)).size).toBe(7);
    expect(new Set(burst.map(({ description }) => description)).size).toBe(7);
  });
});

import { describe, expect, it } from '@jest/globals';

import { actor } from '../../contract/actor.js';
import { createComment } from '../../contract/comments.js';
import { classification, STATUSES } from '../../contract/ticket.js';
import { AGENTS } from '../agents.js';
import { Random } from '../random.js';
import { deeds, remarksBefore, stateAfter, stepsBefore, type Story } from './story.js';
import { Storyteller } from './storyteller.js';

const NOW = Date.parse('2026-11-18T13:00:00Z');
const DAY_MS = 86_400_000;
const COUNT = 2_000;

const history = (seed: number) => new Storyteller(new Random(seed)).history(COUNT, NOW);
const present = (story: Story) => stateAfter(story.initial, story.steps.slice(0, stepsBefore(story, NOW)));
const shareOf = (stories: readonly Story[], fits: (story: Story) => boolean) =>
  stories.filter(fits).length / stories.length;

describe('the history of the desk', () => {
  const stories = history(1);
  const aged = (from: number, to: number) =>
    stories.filter(({ createdAt }) => createdAt < NOW - from * DAY_MS && createdAt >= NOW - to * DAY_MS);

  it('has as many tickets as asked for, and the same for the same seed and moment', () => {
    expect(stories).toHaveLength(COUNT);
    expect(history(1)).toEqual(stories);
    expect(history(2)).not.toEqual(stories);
  });

  it('goes forward in time', () => {
    const created = stories.map(({ createdAt }) => createdAt);
    expect(created).toEqual(created.toSorted((a, b) => a - b));
    expect(created[0]).toBeGreaterThanOrEqual(NOW - 90 * DAY_MS);
    expect(created.at(-1)).toBeLessThan(NOW);
    const backwards = stories.filter(({ createdAt, steps }) =>
      steps.some(({ at }, index) => at <= (steps[index - 1]?.at ?? createdAt)),
    );
    expect(backwards).toEqual([]);
    expect(NOW - stories.at(-1)!.createdAt).toBeLessThan(2 * 60_000);
  });

  it('changes something in every step, by somebody who may', () => {
    const ids = AGENTS.map(({ id }) => id);
    const faults: string[] = [];
    for (const { draft, initial, steps, createdBy } of stories) {
      const hold = (holds: boolean, what: string) => holds || faults.push(`${draft.title}: ${what}`);
      hold(actor.safeParse(createdBy).success, 'who wrote it');
      let state = initial;
      for (const { change, actor: who } of steps) {
        const changed = Object.entries(change);
        hold(changed.length > 0, 'nothing changes');
        hold(
          changed.every(([field, value]) => state[field as keyof typeof state] !== value),
          'a value stays',
        );
        hold(actor.safeParse(who).success, 'who changed it');
        hold(who.kind !== 'agent' || ids.includes(who.id!), 'an unknown agent');
        state = { ...state, ...change };
        hold(classification.safeParse(state.classification).success, 'its classification');
        hold(
          state.assignee === null ? state.status === 'open' : ids.includes(state.assignee),
          'its assignee',
        );
      }
      hold(state.status === 'closed', 'it never ends');
    }
    expect(faults).toEqual([]);
  });

  it('has conversations of named agents, from the first answer to the last word', () => {
    const actors = AGENTS.map(({ id, name }) => ({ kind: 'agent', id, name }));
    const faults: string[] = [];
    const answered = stories.filter(({ draft, createdAt, initial, steps, remarks }) => {
      const hold = (holds: boolean, what: string) => holds || faults.push(`${draft.title}: ${what}`);
      const times = deeds({ steps, remarks }).map(({ at }) => at);
      hold(new Set([createdAt, ...times]).size === times.length + 1, 'two at once');
      hold(
        remarks.every(({ at }, index) => at > (remarks[index - 1]?.at ?? createdAt)),
        'backwards',
      );
      for (const { author, body, at } of remarks) {
        hold(
          actors.some(({ id, name }) => author.kind === 'agent' && author.id === id && author.name === name),
          'an unknown author',
        );
        hold(createComment.safeParse({ body, internal: false }).success, 'more than a comment may be');
        hold(!/\{[a-z]+\d?\}|\[[^\]]*\||undefined| {2}/.test(body), `left open: ${body}`);
        const { assignee } = stateAfter(initial, steps.slice(0, steps.filter((step) => step.at < at).length));
        hold(assignee !== null, 'said before anybody took it');
      }
      const first = remarks.find(({ internal }) => !internal);
      const taken = steps.find(({ change }) => change.assignee !== undefined)!;
      const resolved = steps.find(({ change }) => change.status === 'resolved')!;
      // A few hear nothing before they come back.
      const back =
        steps.find(({ at, change }) => at > resolved.at && change.status === 'open')?.at ?? Infinity;
      const inTime = (at: number) => at > taken.at && (at < resolved.at || at > back);
      hold(first === undefined || inTime(first.at), 'answered too late');
      hold(
        first === undefined || steps.some(({ change }) => change.assignee === first.author.id),
        'answered by somebody else',
      );
      return first !== undefined;
    });
    expect(faults).toEqual([]);
    expect(answered.length / COUNT).toBeGreaterThan(0.95);
    const said = stories.map(({ remarks }) => remarks);
    expect(said.filter((remarks) => remarks.some(({ internal }) => internal)).length).toBeGreaterThan(
      COUNT / 3,
    );
    expect(stories.filter((story) => remarksBefore(story, NOW).length < story.remarks.length)).not.toEqual(
      [],
    );
  });

  it('hardly says the same to two customers in succession', () => {
    const near = 10;
    const letters = stories.map(({ remarks }) =>
      remarks.filter(({ internal }) => !internal).map(({ body }) => body.split('\n\n').slice(1, -1).join()),
    );
    const repeated = letters.filter((mine, index) => {
      const before = new Set(letters.slice(Math.max(0, index - near), index).flat());
      return mine.some((body) => before.has(body));
    });
    expect(repeated.length / COUNT).toBeLessThan(0.02);
  });

  it('has done with the old ones and hardly begun with the new ones', () => {
    expect(shareOf(aged(45, 91), (story) => present(story).status === 'closed')).toBeGreaterThan(0.97);
    expect(shareOf(aged(0, 0.1), (story) => present(story).status !== 'closed')).toBeGreaterThan(0.95);
    for (const status of STATUSES) {
      const found = stories.filter((story) => present(story).status === status).length;
      expect([status, found > 25]).toEqual([status, true]);
    }
  });

  it('is busier on workdays and in office hours, and grows', () => {
    const on = (days: number[]) =>
      stories.filter(({ createdAt }) => days.includes(new Date(createdAt).getDay()));
    expect(on([1, 2, 3, 4, 5]).length / 5).toBeGreaterThan(3 * (on([0, 6]).length / 2));
    const between = (from: number, to: number) =>
      stories.filter(({ createdAt }) => {
        const hour = new Date(createdAt).getHours();
        return hour >= from && hour < to;
      });
    expect(between(9, 17).length).toBeGreaterThan(5 * between(0, 8).length);
    expect(aged(0, 30).length).toBeGreaterThan(aged(60, 90).length);
  });

  it('has tickets of every source, and agents who set right what was misjudged', () => {
    const sources = stories.map((story) => present(story).classification.source);
    for (const [source, least] of [
      ['model', 0.5],
      ['human', 0.05],
      ['fallback', 0.05],
    ] as const) {
      expect(sources.filter((one) => one === source).length / COUNT).toBeGreaterThan(least);
    }
    const solved = stories.filter((story) => present(story).status === 'closed');
    const right = ({ draft, ...story }: Story) => present({ draft, ...story }).category === draft.category;
    expect(shareOf(solved, right)).toBeGreaterThan(0.95);
    expect(shareOf(solved, ({ initial, draft }) => initial.category === draft.category)).toBeLessThan(0.85);
  });
});

describe('a sequel', () => {
  it('opens a closed ticket again and brings it to its end', () => {
    const teller = new Storyteller(new Random(5));
    const { draft, initial, steps } = teller.tell(NOW, NOW);
    const closed = stateAfter(initial, steps);
    const sequel = teller.again(draft, closed, NOW);
    expect(sequel.steps[0]).toMatchObject({ actor: { kind: 'requester' }, change: { status: 'open' } });
    expect(stateAfter(closed, sequel.steps).status).toBe('closed');
  });
});

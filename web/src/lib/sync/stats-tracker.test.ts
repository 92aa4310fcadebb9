import { beforeEach, describe, expect, it } from '@jest/globals';

import { StatsTracker } from './stats-tracker.js';
import { cursorAt, envelopeOf, OTHER_EPOCH, statsAt } from './testing/tickets.js';

let figures: StatsTracker;

beforeEach(() => {
  figures = new StatsTracker();
  figures.receive(statsAt(10, { total_tickets: 5, avg_tickets_per_day: 2.5 }));
});

const next = (fields: Parameters<typeof envelopeOf>[2]) => envelopeOf(10, [], { to: 12, ...fields });

describe('stats', () => {
  it('[S1] takes absolute figures of the same position or a later one', () => {
    expect(figures.receive(statsAt(10, { total_tickets: 6 }))).toBe(true);
    expect(figures.receive(statsAt(11, { total_tickets: 7 }))).toBe(true);
    expect(figures.value?.total_tickets).toBe(7);
  });

  it('[S1] does not take older ones', () => {
    expect(figures.receive(statsAt(9, { total_tickets: 4 }))).toBe(false);
    expect(figures.value?.total_tickets).toBe(5);
  });

  it('[S1] takes those of another history, however low', () => {
    expect(figures.receive(statsAt(1, { as_of: cursorAt(1, OTHER_EPOCH) }))).toBe(true);
  });

  it('[S2] adds the delta of the envelope that follows', () => {
    expect(figures.advance(next({ stats: { total_tickets: 2 } }))).toBe(true);
    expect(figures.value).toMatchObject({ total_tickets: 7, as_of: cursorAt(12) });
  });

  it.each([
    ['begins later', envelopeOf(11, [], { to: 12, stats: { total_tickets: 1 } })],
    ['begins earlier', envelopeOf(9, [], { to: 12, stats: { total_tickets: 1 } })],
    ['is of another epoch', next({ epoch: OTHER_EPOCH, stats: { total_tickets: 1 } })],
    ['has none (S3)', next({ stats: null })],
  ])('[S2] adds nothing when the envelope %s', (_what, envelope) => {
    expect(figures.advance(envelope)).toBe(false);
    expect(figures.value).toMatchObject({ total_tickets: 5, as_of: cursorAt(10) });
  });

  it('[S2] moves on with an empty delta', () => {
    expect(figures.advance(next({ stats: {} }))).toBe(true);
    expect(figures.value?.as_of.id).toBe(12);
  });

  it('[S3] has nothing to add to before the first absolute ones', () => {
    expect(new StatsTracker().advance(next({ stats: { total_tickets: 2 } }))).toBe(false);
  });

  it('[S4] adds numbers key by key, and replaces the average', () => {
    const delta = {
      avg_tickets_per_day: 3,
      open_tickets: -1,
      status_breakdown: { open: -1, resolved: 1 },
      resolved_today: 1,
    };
    figures.receive(
      statsAt(10, { open_tickets: 4, status_breakdown: { open: 4, in_progress: 2, resolved: 0, closed: 1 } }),
    );
    figures.advance(next({ stats: delta }));
    expect(figures.value).toEqual({
      ...statsAt(12),
      open_tickets: 3,
      avg_tickets_per_day: 3,
      resolved_today: 1,
      status_breakdown: { open: 3, in_progress: 2, resolved: 1, closed: 1 },
    });
  });
});

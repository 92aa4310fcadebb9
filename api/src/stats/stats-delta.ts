import type { StatsCounts, StatsDelta } from '../contract/stats.js';

const BREAKDOWNS = ['priority_breakdown', 'category_breakdown', 'status_breakdown'] as const;
const SUMS = ['total_tickets', 'open_tickets', 'unassigned_open', 'created_today', 'resolved_today'] as const;

/** What to add to `before` to get `after`: only keys that change; the mean per day as its new value. */
export function statsDelta(before: StatsCounts, after: StatsCounts): StatsDelta {
  const delta: StatsDelta = {};
  for (const key of SUMS) {
    if (after[key] !== before[key]) delta[key] = after[key] - before[key];
  }
  if (after.avg_tickets_per_day !== before.avg_tickets_per_day) {
    delta.avg_tickets_per_day = after.avg_tickets_per_day;
  }
  for (const key of BREAKDOWNS) {
    const now: Record<string, number> = after[key];
    const then: Record<string, number> = before[key];
    const changed = Object.keys(now).filter((name) => now[name] !== then[name]);
    if (changed.length > 0) {
      delta[key] = Object.fromEntries(changed.map((name) => [name, now[name]! - then[name]!]));
    }
  }
  return delta;
}

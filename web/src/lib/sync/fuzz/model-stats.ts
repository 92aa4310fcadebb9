import type { StatsCounts, StatsDelta } from '#contract/stats';
import type { Ticket } from '#contract/ticket';

/** The figures of these tickets, counted afresh. */
export function statsOf(tickets: readonly Ticket[]): StatsCounts {
  const count = (fits: (ticket: Ticket) => boolean) => tickets.filter(fits).length;
  return {
    total_tickets: tickets.length,
    open_tickets: count(({ status }) => status === 'open'),
    avg_tickets_per_day: tickets.length / 4,
    priority_breakdown: {
      low: count(({ priority }) => priority === 'low'),
      medium: count(({ priority }) => priority === 'medium'),
      high: count(({ priority }) => priority === 'high'),
      critical: count(({ priority }) => priority === 'critical'),
    },
    category_breakdown: {
      billing: count(({ category }) => category === 'billing'),
      technical: count(({ category }) => category === 'technical'),
      account: count(({ category }) => category === 'account'),
      general: count(({ category }) => category === 'general'),
    },
    status_breakdown: {
      open: count(({ status }) => status === 'open'),
      in_progress: count(({ status }) => status === 'in_progress'),
      resolved: count(({ status }) => status === 'resolved'),
      closed: count(({ status }) => status === 'closed'),
    },
    unassigned_open: count(({ status, assignee }) => status === 'open' && assignee === null),
    created_today: tickets.length,
    resolved_today: count(({ status }) => status === 'resolved'),
  };
}

/** What leads from one to the other, only the keys that change. */
export function deltaOf(before: StatsCounts, after: StatsCounts): StatsDelta {
  const { avg_tickets_per_day: average, ...counts } = after;
  const delta: StatsDelta = average === before.avg_tickets_per_day ? {} : { avg_tickets_per_day: average };
  for (const key of Object.keys(counts) as (keyof typeof counts)[]) {
    const [was, is] = [before[key], after[key]];
    if (typeof was === 'number' && typeof is === 'number') {
      if (was !== is) Object.assign(delta, { [key]: is - was });
      continue;
    }
    const moved = Object.entries(is).flatMap(([name, value]) => {
      const by = Number(value) - Number(was[name as keyof typeof was]);
      return by === 0 ? [] : [[name, by]];
    });
    if (moved.length > 0) Object.assign(delta, { [key]: Object.fromEntries(moved) });
  }
  return delta;
}

import type { FeedEnvelope } from '#contract/socket';
import type { Stats, StatsDelta } from '#contract/stats';

/**
 * The figures of the desk, at a position of their own. They need not stand where the rows stand: after a
 * resume they wait for the next absolute ones. See SPEC.md, section S.
 */
export class StatsTracker {
  #stats: Stats | undefined;

  get value(): Stats | undefined {
    return this.#stats;
  }

  /** Takes absolute figures, unless they are older than what is there. Returns whether they were taken. */
  receive(stats: Stats): boolean {
    const known = this.#stats?.as_of;
    if (known?.epoch === stats.as_of.epoch && stats.as_of.id < known.id) return false;
    this.#stats = stats;
    return true;
  }

  /** Adds an envelope's delta where it fits. Returns whether the figures moved. */
  advance({ epoch, prev, to, mark, stats: delta }: FeedEnvelope): boolean {
    if (this.#stats === undefined || delta === null || !this.fits(epoch, prev)) return false;
    this.#stats = { ...add(this.#stats, delta), as_of: { epoch, id: to, mark } };
    return true;
  }

  /** Whether a delta that begins at this position is the next one. */
  fits(epoch: string, prev: number): boolean {
    const asOf = this.#stats?.as_of;
    return asOf?.epoch === epoch && asOf.id === prev;
  }
}

function add(stats: Stats, delta: StatsDelta): Stats {
  return {
    ...stats,
    total_tickets: stats.total_tickets + (delta.total_tickets ?? 0),
    open_tickets: stats.open_tickets + (delta.open_tickets ?? 0),
    avg_tickets_per_day: delta.avg_tickets_per_day ?? stats.avg_tickets_per_day,
    priority_breakdown: addEach(stats.priority_breakdown, delta.priority_breakdown),
    category_breakdown: addEach(stats.category_breakdown, delta.category_breakdown),
    status_breakdown: addEach(stats.status_breakdown, delta.status_breakdown),
    unassigned_open: stats.unassigned_open + (delta.unassigned_open ?? 0),
    created_today: stats.created_today + (delta.created_today ?? 0),
    resolved_today: stats.resolved_today + (delta.resolved_today ?? 0),
  };
}

function addEach<Key extends string>(
  counts: Readonly<Record<Key, number>>,
  delta: Readonly<Partial<Record<Key, number | undefined>>> | undefined,
): Record<Key, number> {
  const sum: Record<Key, number> = { ...counts };
  for (const key of Object.keys(delta ?? {}) as Key[]) sum[key] += delta?.[key] ?? 0;
  return sum;
}

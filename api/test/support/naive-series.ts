import type pg from 'pg';

import type { Series, SeriesQuery } from '../../src/contract/series.js';

/** What a series is asked for; moments in milliseconds since 1970, at the interval's beginning. */
export interface NaiveQuery extends Pick<SeriesQuery, 'interval' | 'category' | 'priority' | 'group_by'> {
  readonly assignee?: string | undefined;
  readonly from: number;
  readonly to: number;
}

interface State {
  readonly status: string;
  readonly category: string;
  readonly priority: string;
  readonly assignee: string;
  readonly createdAt: number;
}

interface LogEntry {
  readonly id: number;
  readonly at: number;
  readonly type: string;
  readonly ticketId: number;
  readonly state: State | null;
  /** A public comment by an agent or a token. */
  readonly answers: boolean;
}

interface Step {
  inflow: number;
  outflow: number;
  readonly responses: number[];
  readonly resolutions: number[];
}

const STEP_MS = { hour: 3_600_000, day: 86_400_000 };
const isUnsolved = (state: State | undefined) => state?.status === 'open' || state?.status === 'in_progress';

/** The whole log, of which each answer is worked out anew, ticket by ticket and step by step. */
export class NaiveSeries {
  private constructor(private readonly log: readonly LogEntry[]) {}

  static async read(client: pg.Client): Promise<NaiveSeries> {
    const { rows } = await client.query<Record<'id' | 'at' | 'type' | 'ticket_id', string> & Json>(
      `select id, extract(epoch from at) * 1000 as at, type, ticket_id, ticket, comment from event
       where ticket_id is not null order by id`,
    );
    return new NaiveSeries(
      rows.map(({ id, at, type, ticket_id, ticket, comment }) => ({
        id: Number(id),
        at: Number(at),
        type,
        ticketId: Number(ticket_id),
        state: ticket && {
          ...ticket,
          assignee: ticket.assignee?.id ?? 'none',
          createdAt: new Date(ticket.created_at).getTime(),
        },
        answers: comment !== null && !comment.internal && ['agent', 'token'].includes(comment.author.kind),
      })),
    );
  }

  get lastId(): number {
    return this.log.at(-1)?.id ?? 0;
  }

  /** What in `series` is not as the log says, the first of it; empty when all of it is right. */
  faults(series: Series, query: NaiveQuery): string[] {
    const log = this.log.filter(({ id }) => id <= series.as_of.id);
    const found: string[] = [];
    const seen = new Set<string>();
    for (const curve of series.curves) {
      const key = curve.key ?? (query.group_by === 'assignee' ? 'none' : '');
      seen.add(key);
      const steps = stepsOf(log, query, key);
      const backlogs = steps.map((_, index) =>
        backlogAt(log, query, key, query.from + (index + 1) * STEP_MS[query.interval]),
      );
      if (steps.length !== curve.points.length) found.push(`${key}: ${curve.points.length} points`);
      for (const [index, step] of steps.entries()) {
        const point = curve.points[index]!;
        found.push(...differences(point, step).map((fault) => `${key} ${point.at} ${fault}`));
        if (point.backlog !== backlogs[index])
          found.push(`${key} ${point.at} backlog ${point.backlog} instead of ${backlogs[index]}`);
      }
      const whole = steps.reduce(joined, empty());
      found.push(...differences(curve.total, whole).map((fault) => `${key} in total ${fault}`));
    }
    // A group that is not there must have had nothing.
    const groups = new Set(log.flatMap(({ state }) => (state === null ? [] : [groupOf(state, query)])));
    for (const key of groups) {
      if (seen.has(key) || (query.group_by === 'assignee' && (query.assignee ?? key) !== key)) continue;
      const some = stepsOf(log, query, key).some(
        ({ inflow, outflow, responses }) => inflow + outflow + responses.length > 0,
      );
      if (some || backlogAt(log, query, key, query.to) > 0) found.push(`${key} is missing`);
    }
    return found.slice(0, 3);
  }
}

interface Json {
  readonly ticket:
    (Omit<State, 'assignee' | 'createdAt'> & { assignee: { id: string } | null; created_at: string }) | null;
  readonly comment: { internal: boolean; author: { kind: string } } | null;
}

const groupOf = (state: State, { group_by: by }: NaiveQuery): string => (by === undefined ? '' : state[by]);

const matches = (state: State | undefined, query: NaiveQuery, key: string): state is State =>
  state !== undefined &&
  (query.category ?? [state.category]).includes(state.category as never) &&
  (query.priority ?? [state.priority]).includes(state.priority as never) &&
  (query.assignee ?? state.assignee) === state.assignee &&
  groupOf(state, query) === key;

const empty = (): Step => ({ inflow: 0, outflow: 0, responses: [], resolutions: [] });

const joined = (a: Step, b: Step): Step => ({
  inflow: a.inflow + b.inflow,
  outflow: a.outflow + b.outflow,
  responses: [...a.responses, ...b.responses],
  resolutions: [...a.resolutions, ...b.resolutions],
});

function stepsOf(log: readonly LogEntry[], query: NaiveQuery, key: string): Step[] {
  const steps = Array.from({ length: (query.to - query.from) / STEP_MS[query.interval] }, empty);
  const tickets = new Map<number, State>();
  const answered = new Set<number>();
  for (const entry of log) {
    const before = tickets.get(entry.ticketId);
    const now = entry.state ?? before;
    const step = steps[Math.floor((entry.at - query.from) / STEP_MS[query.interval])];
    const counts = step !== undefined && matches(now, query, key);
    if (entry.answers && !answered.has(entry.ticketId)) {
      answered.add(entry.ticketId);
      if (counts) step.responses.push(entry.at - now.createdAt);
    }
    if (entry.type === 'ticket.deleted') {
      if (counts && isUnsolved(before)) step.outflow += 1;
      tickets.delete(entry.ticketId);
    } else if (entry.state !== null) {
      const isNew = before === undefined;
      if (counts && (isNew || (!isUnsolved(before) && isUnsolved(now)))) step.inflow += 1;
      if (counts && (isNew || isUnsolved(before)) && !isUnsolved(now)) {
        step.outflow += 1;
        if (!isNew) step.resolutions.push(entry.at - now.createdAt);
      }
      tickets.set(entry.ticketId, entry.state);
    }
  }
  return steps;
}

/** Unsolved tickets of the group at a moment, each as its last event before it left it. */
function backlogAt(log: readonly LogEntry[], query: NaiveQuery, key: string, moment: number): number {
  const tickets = new Map<number, State>();
  for (const { at, type, ticketId, state } of log) {
    if (at >= moment || state === null) continue;
    if (type === 'ticket.deleted') tickets.delete(ticketId);
    else tickets.set(ticketId, state);
  }
  return [...tickets.values()].filter((state) => isUnsolved(state) && matches(state, query, key)).length;
}

function differences(figures: Series['curves'][number]['total'], step: Step): string[] {
  const found: string[] = [];
  if (figures.inflow !== step.inflow) found.push(`inflow ${figures.inflow} instead of ${step.inflow}`);
  if (figures.outflow !== step.outflow) found.push(`outflow ${figures.outflow} instead of ${step.outflow}`);
  for (const [name, durations, exact] of [
    ['first response', figures.first_response, step.responses],
    ['resolution', figures.resolution, step.resolutions],
  ] as const) {
    if (durations.count !== exact.length) found.push(`${name}: ${durations.count} of ${exact.length}`);
    const sorted = exact.map((ms) => Math.max(1, ms)).sort((a, b) => a - b);
    for (const [part, given] of [
      [0.5, durations.median_ms],
      [0.9, durations.p90_ms],
    ] as const) {
      const wanted = sorted[Math.ceil(part * sorted.length) - 1] ?? null;
      const close =
        wanted === null || given === null
          ? wanted === given
          : Math.abs(given - wanted) <= 0.05 * wanted + 0.5;
      if (!close) found.push(`${name}: ${given} ms instead of ${wanted}`);
    }
  }
  return found;
}

import type { TicketList } from '#contract/queries';

import { ProblemError } from '../api/errors.js';
import { followList, listTickets } from '../api/tickets.js';
import type { TicketChanges, TicketField } from '../sync/pending-changes.js';
import { DiscardedError } from '../sync/sender.js';
import type { SyncClient } from '../sync/sync-client.js';
import { listParams, type QueueParams } from './queue-params.js';

/** As many tickets can be changed at once. */
export const BULK_MOST = 500;
/** So many are sent side by side. */
const SIDE_BY_SIDE = 4;
const PAGE = 100;

/** One value for a field of many tickets. */
export interface BulkChange {
  readonly field: Exclude<TicketField, 'title' | 'description'>;
  readonly value: TicketChanges[BulkChange['field']];
}

export interface BulkPlan extends BulkChange {
  /** Those that have another value now. */
  readonly ids: readonly number[];
  /** How many have the value already. */
  readonly same: number;
  /** What they have now, the most frequent first. */
  readonly before: readonly { readonly value: TicketChanges[BulkChange['field']]; readonly count: number }[];
}

/** A ticket that was not changed. Of a conflict the sync client knows more. */
export interface BulkFailure {
  readonly id: number;
  readonly kind: 'conflict' | 'gone' | 'stopped' | 'failed';
  readonly reason: string;
}

type Made = Awaited<ReturnType<SyncClient['patch']>>;

/** A change of many tickets: planned, carried out a few at a time, told about, and taken back as one. */
export class Bulk {
  readonly #client: SyncClient;
  #plan = $state.raw<BulkPlan>();
  #phase = $state<'planned' | 'running' | 'done'>('planned');
  #done = $state(0);
  #failures = $state.raw<readonly BulkFailure[]>([]);
  #made = $state.raw<readonly Made[]>([]);
  #isStopped = false;

  constructor(client: SyncClient) {
    this.#client = client;
  }

  /** Undefined: nothing is planned, under way or to be told. */
  get plan(): BulkPlan | undefined {
    return this.#plan;
  }

  get phase(): 'planned' | 'running' | 'done' {
    return this.#phase;
  }

  /** How many of the plan's tickets have had their turn. */
  get done(): number {
    return this.#done;
  }

  get failures(): readonly BulkFailure[] {
    return this.#failures;
  }

  /** How many of the last change can be taken back. */
  get made(): number {
    return this.#made.length;
  }

  /** Whether this was the last change that the person made. */
  isLast(change: { readonly ticketId: number; readonly version: number } | undefined): boolean {
    return this.#made.some(({ id, version }) => id === change?.ticketId && version === change.version);
  }

  /** Says what would be done. */
  propose(ids: readonly number[], { field, value }: BulkChange): void {
    const before: { value: BulkChange['value']; count: number }[] = [];
    const others = ids.slice(0, BULK_MOST).filter((id) => {
      const now = this.#client.view(id)?.row[field];
      if (isSame(now, value)) return false;
      const known = before.find((one) => isSame(one.value, now));
      if (known) known.count += 1;
      else before.push({ value: now, count: 1 });
      return true;
    });
    before.sort((one, other) => other.count - one.count);
    const same = Math.min(ids.length, BULK_MOST) - others.length;
    this.#plan = { field, value, ids: others, same, before };
    this.#phase = 'planned';
    this.#failures = [];
    this.#done = 0;
  }

  /** Carries the plan out. Returns how many tickets were changed. */
  async run(): Promise<number> {
    const plan = this.#plan;
    if (plan === undefined) return 0;
    this.#made = [];
    return this.#change(plan, plan.ids);
  }

  /** Tries those again that failed for no good reason. */
  async retry(): Promise<number> {
    const plan = this.#plan;
    const again = this.#failures.filter(({ kind }) => kind === 'failed' || kind === 'stopped');
    this.#failures = this.#failures.filter((failure) => !again.includes(failure));
    if (plan === undefined) return 0;
    return this.#change(
      { ...plan, ids: again.map(({ id }) => id) },
      again.map(({ id }) => id),
    );
  }

  /** Those that are not on their way are left alone. */
  stop(): void {
    this.#isStopped = true;
  }

  forget(): void {
    this.#plan = undefined;
  }

  /** A conflict is decided. */
  settle(id: number): void {
    this.#failures = this.#failures.filter((failure) => failure.id !== id);
  }

  /**
   * Takes the last change of many back, but for what somebody touched since.
   *
   * @returns how many were taken back, how many stay since others changed them, how many could not be
   */
  async undo(): Promise<{ undone: number; spared: number; failed: number }> {
    const made = this.#made;
    this.#made = [];
    const told = { undone: 0, spared: 0, failed: 0 };
    await each(made, async (ticket) => {
      try {
        const undone = await this.#client.undo(ticket);
        told[undone && undone.touched.length === 0 ? 'undone' : 'spared'] += 1;
      } catch {
        told.failed += 1;
      }
    });
    return told;
  }

  async #change({ field, value }: BulkPlan, ids: readonly number[]): Promise<number> {
    this.#phase = 'running';
    this.#done = 0;
    this.#isStopped = false;
    const made: Made[] = [];
    const failures: BulkFailure[] = [];
    await each(ids, async (id) => {
      if (this.#isStopped) failures.push({ id, kind: 'stopped', reason: '' });
      else {
        try {
          made.push(await this.#client.patch(id, { [field]: value }));
        } catch (failure) {
          const told = failureOf(id, failure);
          if (told) failures.push(told);
        }
      }
      this.#done += 1;
    });
    this.#made = [...this.#made, ...made];
    this.#failures = [...this.#failures, ...failures];
    this.#phase = 'done';
    if (this.#failures.length === 0) this.#plan = undefined;
    return made.length;
  }
}

/** The first tickets of a query, up to `BULK_MOST`, in its order. Throws what `request` throws. */
export async function gather(client: SyncClient, params: QueueParams): Promise<readonly number[]> {
  const ids: number[] = [];
  let next: string | null = '';
  while (next !== null && ids.length < BULK_MOST) {
    const link: string = next;
    const page: TicketList = await client.read({
      fetch: (signal) =>
        link === ''
          ? listTickets({ ...listParams({ ...params, cursor: undefined }), page_size: PAGE }, signal)
          : followList(link, signal),
      snapshot: ({ as_of: asOf, results: tickets }) => ({ asOf, tickets }),
      givesPosition: true,
    });
    ids.push(...page.results.map(({ id }) => id));
    ({ next } = page);
  }
  return ids.slice(0, BULK_MOST);
}

async function each<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}

function failureOf(id: number, failure: unknown): BulkFailure | undefined {
  if (failure instanceof DiscardedError) return undefined;
  const reason = failure instanceof Error ? failure.message : String(failure);
  if (!(failure instanceof ProblemError)) return { id, kind: 'failed', reason };
  if (failure.conflicts.length > 0) return { id, kind: 'conflict', reason };
  return { id, kind: failure.code === 'gone' ? 'gone' : 'failed', reason };
}

function isSame(one: unknown, other: unknown): boolean {
  const idOf = (value: unknown) =>
    typeof value === 'object' && value !== null && 'id' in value ? value.id : (value ?? null);
  return idOf(one) === idOf(other);
}

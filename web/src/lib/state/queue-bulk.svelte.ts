import type { TicketList } from '#contract/queries';

import { ProblemError } from '../api/errors.js';
import { followList, listTickets } from '../api/tickets.js';
import type { TicketChanges, TicketField } from '../sync/pending-changes.js';
import { newOpId } from '../sync/op-id.js';
import { isSameValue } from '../sync/same-value.js';
import { DiscardedError } from '../sync/sender.js';
import type { SyncClient } from '../sync/sync-client.js';
import { listParams, type QueueParams } from './queue-params.js';

/** As many tickets can be changed at once. */
export const BULK_MOST = 500;
/** So many are sent side by side. */
const SIDE_BY_SIDE = 4;
const PAGE = 100;
const NOTHING = { made: 0, waiting: 0 };

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

/** How many of the plan's tickets were changed by now, and of how many the change waits for the connection. */
export interface BulkOutcome {
  readonly made: number;
  readonly waiting: number;
}

/** A change of many tickets: planned, carried out a few at a time, and told about; one act to take back. */
export class Bulk {
  readonly #client: SyncClient;
  readonly #onLate: (failure: BulkFailure) => void;
  #plan = $state.raw<BulkPlan>();
  #phase = $state<'planned' | 'running' | 'done'>('planned');
  #done = $state(0);
  #failures = $state.raw<readonly BulkFailure[]>([]);
  #isStopped = false;
  #made = 0;
  #act = newOpId();

  /** @param onLate told of what was refused after it had waited for the connection */
  constructor(client: SyncClient, onLate: (failure: BulkFailure) => void) {
    this.#client = client;
    this.#onLate = onLate;
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

  /** By which the last change that was planned is taken back. */
  get act(): string {
    return this.#act;
  }

  /** Says what would be done. */
  propose(ids: readonly number[], { field, value }: BulkChange): void {
    const before: { value: BulkChange['value']; count: number }[] = [];
    const others = ids.slice(0, BULK_MOST).filter((id) => {
      const now = this.#client.view(id)?.row[field];
      if (isSameValue(now, value)) return false;
      const known = before.find((one) => isSameValue(one.value, now));
      if (known) known.count += 1;
      else before.push({ value: now, count: 1 });
      return true;
    });
    before.sort((one, other) => other.count - one.count);
    const same = Math.min(ids.length, BULK_MOST) - others.length;
    this.#plan = { field, value, ids: others, same, before };
    this.#act = newOpId();
    this.#made = 0;
    this.#phase = 'planned';
    this.#failures = [];
    this.#done = 0;
  }

  /** Carries the plan out. */
  async run(): Promise<BulkOutcome> {
    const plan = this.#plan;
    return plan === undefined ? NOTHING : this.#change(plan, plan.ids);
  }

  /** Tries those again that failed for no good reason. */
  async retry(): Promise<BulkOutcome> {
    const plan = this.#plan;
    const again = this.#failures.filter(({ kind }) => kind === 'failed' || kind === 'stopped');
    this.#failures = this.#failures.filter((failure) => !again.includes(failure));
    if (plan === undefined) return NOTHING;
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

  /** A conflict is decided. @param failure why the decision came to nothing; then it is told in its place */
  settle(id: number, failure?: unknown): void {
    const told = failure === undefined ? undefined : failureOf(id, failure);
    this.#failures = this.#failures.flatMap((one) => (one.id === id ? (told ?? []) : one));
  }

  async #change({ field, value }: BulkPlan, ids: readonly number[]): Promise<BulkOutcome> {
    this.#phase = 'running';
    this.#done = 0;
    this.#isStopped = false;
    const act = this.#act;
    const failures: BulkFailure[] = [];
    let isOver = false;
    // A conflict is shown by itself.
    const late = (failure: BulkFailure) => failure.kind !== 'conflict' && this.#onLate(failure);
    const change = async (id: number) => {
      try {
        await this.#client.patch(id, { [field]: value }, act);
        this.#made += 1;
      } catch (failure) {
        const told = failureOf(id, failure);
        if (told && isOver) late(told);
        else if (told) failures.push(told);
      }
    };
    await untilHeldUp(this.#client, (heldUp) =>
      each(ids, async (id) => {
        if (this.#isStopped) failures.push({ id, kind: 'stopped', reason: '' });
        else await Promise.race([change(id), heldUp]);
        this.#done += 1;
      }),
    );
    isOver = true;
    this.#failures = [...this.#failures, ...failures];
    this.#phase = 'done';
    if (this.#failures.length === 0) this.#plan = undefined;
    return { made: this.#made, waiting: this.#client.unsent.value.filter((one) => one.act === act).length };
  }
}

/** Waits for an act that is told when the network holds changes up: they are kept then, and nobody has to wait. */
async function untilHeldUp(client: SyncClient, act: (heldUp: Promise<void>) => Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => client.status.value.waiting > 0 && resolve();
  const stop = client.status.subscribe(look);
  look();
  await act(promise);
  stop();
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

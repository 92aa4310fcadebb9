import { createSubscriber } from 'svelte/reactivity';

import { getTicket } from '../api/tickets.js';
import type { Conflict } from '../sync/conflicts.js';
import { newOpId } from '../sync/op-id.js';
import type { Sight } from '../sync/sight.js';
import type { SyncClient } from '../sync/sync-client.js';
import { BULK_MOST } from './queue-bulk-gather.js';
import { planOf, type BulkChange, type BulkPlan } from './queue-bulk-plan.js';
import { BulkReads } from './queue-bulk-reads.svelte.js';
import { carryOut, failureOf, type BulkFailure, type BulkWatch } from './queue-bulk-run.js';

/** How many of the plan's tickets were changed by now, and of how many the change waits for the connection. */
export interface BulkOutcome {
  readonly made: number;
  readonly waiting: number;
}

/** What is planned, and for which tickets. */
interface Proposal {
  readonly targets: readonly number[];
  readonly change: BulkChange;
}

/** The word for it is given: what was shown then. */
interface Given {
  readonly plan: BulkPlan;
  readonly sight: Sight;
  readonly act: string;
  /** How many tickets were changed by now. */
  made: number;
}

/**
 * A change of many tickets: planned, carried out a few at a time, and told about; one act to take back.
 *
 * Invariant: what the plan says is true as long as it is open, since it follows the tickets; and what is done is
 * what it said when the word was given. What somebody changes after that, and before the turn of a ticket, is a
 * conflict, as it would be for a change of this ticket alone.
 */
export class Bulk {
  readonly #client: SyncClient;
  readonly #late: (failure: BulkFailure) => void;
  readonly #reads: BulkReads;
  readonly #follow: () => void;
  #proposal = $state.raw<Proposal>();
  #given = $state.raw<Given>();
  #phase = $state<'planned' | 'running' | 'done'>('planned');
  #due = $state(0);
  #done = $state(0);
  #failures = $state.raw<readonly BulkFailure[]>([]);
  #isStopped = false;
  #act = newOpId();

  /** @param onLate told of what was refused when the report of its change was closed, or not to be waited for */
  constructor(client: SyncClient, onLate: (failure: BulkFailure) => void) {
    this.#client = client;
    this.#reads = new BulkReads(client, getTicket);
    this.#follow = createSubscriber((update) =>
      client.onChange(({ ids, moored }) => {
        if (moored) this.#readUnknown();
        if (moored || this.#proposal?.targets.some((id) => ids.has(id))) update();
      }),
    );
    // A conflict is shown by itself.
    this.#late = (failure) => failure.kind !== 'conflict' && onLate(failure);
  }

  /** What would be done now, or was to be done when the word was given. Undefined: nothing is planned or to be told. */
  get plan(): BulkPlan | undefined {
    if (this.#given || !this.#proposal) return this.#given?.plan;
    this.#follow();
    return planOf(this.#client, this.#proposal.targets, this.#proposal.change);
  }

  /** Of how many tickets, of which nothing is known, that is still being asked. */
  get reading(): number {
    return this.plan?.unknown.filter((id) => this.#reads.has(id)).length ?? 0;
  }

  get phase(): 'planned' | 'running' | 'done' {
    return this.#phase;
  }

  /** How many tickets are to have their turn. */
  get due(): number {
    return this.#due;
  }

  /** How many of them have had it. */
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

  /** Says what would be done, of as many tickets as can be changed at once. */
  propose(ids: readonly number[], change: BulkChange): void {
    this.forget();
    this.#proposal = { targets: ids.slice(0, BULK_MOST), change };
    this.#act = newOpId();
    this.#phase = 'planned';
    this.#failures = [];
    this.#readUnknown();
  }

  /** Carries out what the plan says at this moment. */
  async run(): Promise<BulkOutcome> {
    const { plan } = this;
    this.#reads.stop();
    if (plan !== undefined) {
      this.#given = { plan, sight: this.#client.look(plan.ids), act: this.#act, made: 0 };
    }
    return this.#change(plan?.ids ?? []);
  }

  /** Tries those again that failed for no good reason, based on the same as before. */
  async retry(): Promise<BulkOutcome> {
    const again = this.#failures.filter(({ kind }) => kind === 'failed' || kind === 'stopped');
    this.#failures = this.#failures.filter((failure) => !again.includes(failure));
    return this.#change(again.map(({ id }) => id));
  }

  /** Those that are not on their way are left alone. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Nothing of it is shown any more; what is under way goes on. */
  forget(): void {
    this.#reads.stop();
    if (this.#phase !== 'running') this.#given?.sight.close();
    this.#proposal = undefined;
    this.#given = undefined;
  }

  /**
   * Decides conflicts, one after the other. What the decision was refused with is told in the place of each.
   *
   * @param keep whether the person's own value shall stand
   */
  async decide(conflicts: readonly Conflict[], keep: boolean): Promise<void> {
    const given = this.#given;
    if (given === undefined) return;
    for (const conflict of conflicts) {
      if (conflict.ticket) given.sight.show(conflict.ticket);
      let told: BulkFailure | undefined;
      try {
        await this.#client.resolve(conflict, keep ? [given.plan.field] : [], given.act);
      } catch (failure) {
        told = failureOf(conflict.ticketId, failure);
      }
      this.#decided(given, conflict, told);
    }
    if (this.#given === given && this.#phase === 'done' && this.#failures.length === 0) this.forget();
  }

  /** The report may have been closed meanwhile, and that of another change be open. */
  #decided(given: Given, { ticketId }: Conflict, told: BulkFailure | undefined): void {
    if (this.#given === given) {
      this.#failures = this.#failures.flatMap((one) => (one.id === ticketId ? (told ?? []) : one));
    } else if (told) this.#late(told);
  }

  async #change(ids: readonly number[]): Promise<BulkOutcome> {
    const given = this.#given;
    if (given === undefined) return { made: 0, waiting: 0 };
    const { plan: change, act, sight } = given;
    this.#phase = 'running';
    this.#due = ids.length;
    this.#done = 0;
    this.#isStopped = false;
    const failures = await carryOut(this.#client, ids, { change, act, sight }, this.#watch(given));
    if (this.#given === given) {
      this.#failures = [...this.#failures, ...failures];
      this.#phase = 'done';
      if (this.#failures.length === 0) this.forget();
    } else {
      sight.close();
      for (const failure of failures) this.#late(failure);
    }
    return { made: given.made, waiting: this.#client.unsent.value.filter((one) => one.act === act).length };
  }

  #watch(given: Given): BulkWatch {
    return {
      isStopped: () => this.#isStopped,
      made: () => void (given.made += 1),
      turned: () => void (this.#done += 1),
      late: this.#late,
    };
  }

  #readUnknown(): void {
    if (!this.#given) void this.#reads.begin(this.plan?.unknown ?? []);
  }
}

import type { PersonRef } from '#contract/ticket';
import { editField, type Edit } from '#lib/components/edit/edit-field.ts';
import type { EditableField } from '#lib/components/edit/editable-field.ts';
import { claim } from '#lib/components/ticket/claim.ts';
import type { Desk } from '#lib/state/desk.svelte.ts';
import type { BulkChange } from '#lib/state/queue-bulk-plan.ts';
import type { Bulk } from '#lib/state/queue-bulk.svelte.ts';
import type { Selection } from '#lib/state/selection.svelte.ts';

/** What keys and commands do to the tickets that are marked, or to the one that the keyboard is at. */
export class TicketActs {
  readonly #desk: Desk;
  readonly #selection: Selection;
  readonly #bulk: Bulk;
  readonly #me: PersonRef | undefined;

  constructor(desk: Desk, selection: Selection, bulk: Bulk, me: PersonRef | undefined) {
    this.#desk = desk;
    this.#selection = selection;
    this.#bulk = bulk;
    this.#me = me;
  }

  /** Sets a field; of several tickets, once it was confirmed. */
  set(field: EditableField, to: BulkChange['value']): void {
    const { targets } = this.#selection;
    const [id] = targets;
    if (targets.length > 1) return this.#bulk.propose(targets, { field, value: to });
    if (id === undefined) return;
    void editField(this.#desk, { id, field, from: this.#desk.client.view(id)?.row[field], to } as Edit);
  }

  /** Takes the ticket; marked ones are given to this person, whoever has them. */
  claim(): void {
    const { marked, id } = this.#selection;
    if (this.#me === undefined) return;
    if (marked.size > 0) this.set('assignee', this.#me);
    else if (id !== undefined) void claim(this.#desk, this.#me, id);
  }
}

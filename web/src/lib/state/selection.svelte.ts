import { SvelteSet } from 'svelte/reactivity';

/** What is chosen from. */
export interface Rows {
  readonly length: number;
  idAt(position: number): number | undefined;
  positionOf(id: number): number | undefined;
}

/** Where the keyboard is in a list, and which of its tickets are marked for a change of many. */
export class Selection {
  readonly marked = new SvelteSet<number>();
  readonly #rows: Rows;
  #id = $state<number>();
  #position = $state(-1);
  #anchor: number | undefined;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** The row, from 0: that of the ticket, wherever it is now, or where it was when it left. -1: none. */
  get position(): number {
    const at = this.#id === undefined ? undefined : this.#rows.positionOf(this.#id);
    return at ?? Math.min(this.#position, this.#rows.length - 1);
  }

  /** The ticket in it; undefined: none, or it is not read yet. */
  get id(): number | undefined {
    return this.position < 0 ? undefined : this.#rows.idAt(this.position);
  }

  /** What an act is about: what is marked, else the ticket under the keyboard. */
  get targets(): readonly number[] {
    if (this.marked.size > 0) return [...this.marked];
    return this.id === undefined ? [] : [this.id];
  }

  moveTo(position: number): void {
    this.#position = Math.max(0, Math.min(position, this.#rows.length - 1));
    this.#id = this.#rows.idAt(this.#position);
  }

  moveBy(rows: number): void {
    this.moveTo(this.position + rows);
  }

  /** At a ticket, if it is shown. */
  moveToTicket(id: number): void {
    const position = this.#rows.positionOf(id);
    if (position !== undefined) this.moveTo(position);
  }

  toggle(id: number): void {
    if (!this.marked.delete(id)) this.marked.add(id);
    this.#anchor = id;
  }

  /** Marks everything from the ticket marked last to this one, as far as it is read. */
  extendTo(id: number): void {
    const to = this.#rows.positionOf(id);
    const from = this.#rows.positionOf(this.#anchor ?? this.id ?? id);
    if (to === undefined) return;
    const [first, last] = from === undefined || from > to ? [to, from ?? to] : [from, to];
    for (let at = first; at <= last; at += 1) {
      const each = this.#rows.idAt(at);
      if (each !== undefined) this.marked.add(each);
    }
  }

  mark(ids: Iterable<number>): void {
    for (const id of ids) this.marked.add(id);
  }

  clear(): void {
    this.marked.clear();
    this.#anchor = undefined;
  }
}

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
  #opened = $state<number>();
  #anchor: number | undefined;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** The row, from 0: that of the ticket, wherever it is now, or where it was when it left. -1: none. */
  get position(): number {
    const at = this.#id === undefined ? undefined : this.#rows.positionOf(this.#id);
    return at ?? (this.#isAtOpened ? -1 : this.#place);
  }

  /** The ticket in it, or the open one that is in none; undefined: none, or it is not read yet. */
  get id(): number | undefined {
    if (this.#isAtOpened) return this.#id;
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

  /** From a ticket that is no row, the next one down is the row that came into its place. */
  moveBy(rows: number): void {
    const { position } = this;
    const before = this.#place - (this.#isAtOpened && rows > 0 ? 1 : 0);
    this.moveTo((position < 0 ? before : position) + rows);
  }

  /** This ticket is open beside the list: the keyboard can be at it, also where the list does not have it. */
  opened(id: number | undefined): void {
    this.#opened = id;
  }

  /** Nowhere: the row that the keyboard was at is out of sight. */
  leave(): void {
    this.#id = undefined;
    this.#position = -1;
  }

  /** At a ticket, if it is shown or open. */
  moveToTicket(id: number): void {
    const position = this.#rows.positionOf(id);
    if (position !== undefined) this.moveTo(position);
    else if (id === this.#opened) {
      this.#position = this.#place;
      this.#id = id;
    }
  }

  /** Marks a row, or no longer. */
  toggle(id: number): void {
    if (this.#rows.positionOf(id) === undefined) return;
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

  get #isAtOpened(): boolean {
    return this.#id !== undefined && this.#id === this.#opened;
  }

  get #place(): number {
    return Math.min(this.#position, this.#rows.length - 1);
  }
}

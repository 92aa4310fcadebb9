import { mergeRows, unknownTo, type Identified } from './merge-rows.js';
import { poll } from './polling.js';

/** The envelope of every list that is read by page. */
export interface ListPage<Row> {
  readonly count: number;
  readonly next: string | null;
  readonly results: readonly Row[];
}

export type ReadPage<Row> = (page: number, signal: AbortSignal) => Promise<ListPage<Row>>;
export type ListLook = 'loading' | 'rows' | 'empty' | 'failed';

/** A list on the screen that is read by page, one after another below, and read again as it changes. */
export class PagedList<Row extends Identified> {
  #read: ReadPage<Row>;
  #rows = $state.raw<readonly Row[]>([]);
  #fresh = $state.raw<readonly Row['id'][]>([]);
  #count = $state<number>();
  #pages = 1;
  #hasMore = $state(false);
  #isReading = $state(false);
  #problem = $state.raw<unknown>();
  #abort = new AbortController();

  /** Nothing is read before `show`, `follow` or `refresh`. */
  constructor(read: ReadPage<Row>) {
    this.#read = read;
  }

  get look(): ListLook {
    if (this.#rows.length > 0) return 'rows';
    if (this.#problem !== undefined) return 'failed';
    return this.#count === undefined ? 'loading' : 'empty';
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** How many the server has; undefined before it has said so. */
  get count(): number | undefined {
    return this.#count;
  }

  get hasMore(): boolean {
    return this.#hasMore;
  }

  get isReading(): boolean {
    return this.#isReading;
  }

  /** Rows are shown, but the last read has failed. */
  get isStuck(): boolean {
    return this.#rows.length > 0 && this.#problem !== undefined;
  }

  /** It came after the list was first shown, with the last read. */
  isFresh(id: Row['id']): boolean {
    return this.#fresh.includes(id);
  }

  /** Begins another query. */
  show(read: ReadPage<Row>): void {
    this.#read = read;
    this.#rows = [];
    this.#count = undefined;
    this.#pages = 1;
    this.#hasMore = false;
    void this.refresh();
  }

  /** Reads it again every `everyMs` while the page is looked at; returns how to stop. */
  follow(everyMs: number): () => void {
    const stop = poll(() => !this.#isReading && void this.refresh(), everyMs);
    return () => {
      stop();
      this.#abort.abort();
    };
  }

  /** Reads again what is shown. Never throws: a failure is shown. */
  refresh(): Promise<void> {
    return this.#take(1, this.#pages);
  }

  /** Reads the next page and shows it below. */
  async more(): Promise<void> {
    if (this.#hasMore && !this.#isReading) await this.#take(this.#pages + 1, this.#pages + 1);
  }

  /** Shows a row as the server has just answered it; a read that began before it no longer counts. */
  put(row: Row): void {
    const shown = this.#rows.some(({ id }) => id === row.id);
    this.#rows = shown ? this.#rows.map((one) => (one.id === row.id ? row : one)) : [row, ...this.#rows];
    if (!shown) this.#fresh = [row.id];
    void this.refresh();
  }

  async #take(first: number, last: number): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#isReading = true;
    try {
      const read: Row[] = first === 1 ? [] : [...this.#rows];
      let page: ListPage<Row> | undefined;
      for (let number = first; number <= last; number += 1) {
        page = await this.#read(number, signal);
        read.push(...page.results);
        if (page.next === null) break;
      }
      if (signal.aborted || page === undefined) return;
      this.#show(read, page, first === 1);
      this.#pages = last;
    } catch (problem) {
      if (!signal.aborted) this.#problem = problem;
    } finally {
      if (!signal.aborted) this.#isReading = false;
    }
  }

  #show(read: readonly Row[], { count, next }: ListPage<Row>, isReread: boolean): void {
    const rows = mergeRows(this.#rows, read);
    const added = isReread && this.#count !== undefined ? unknownTo(this.#rows, rows) : [];
    if (added.length > 0) this.#fresh = added.map(({ id }) => id);
    this.#rows = rows;
    this.#count = count;
    this.#hasMore = next !== null;
    this.#problem = undefined;
  }
}

import type { Series } from '#contract/series';

import { getSeries } from '../api/series.js';
import type { SyncClient } from '../sync/sync-client.js';
import { daysOf, seriesParams, type SeriesQuery } from './series-params.js';

/** How often at most the figures are read again because something happened. */
const REFRESH_MS = 5_000;
const DAY_MS = 86_400_000;

/** What one look at the figures needs. */
export interface SeriesView {
  readonly asked: SeriesQuery;
  /** By the asked grouping. */
  readonly series: Series;
  /** One curve for each agent, whatever the grouping. */
  readonly agents: Series;
}

/**
 * The figures on the screen: read for a query, and again, a few seconds later at most, when something happens
 * at the desk. What was shown stays until the next is there.
 */
export class SeriesFigures {
  readonly #client: SyncClient;
  #view = $state.raw<SeriesView>();
  #asked = $state.raw<SeriesQuery>();
  #problem = $state.raw<unknown>();
  #readAt = $state<number>();
  #isReading = $state(false);
  #startedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();

  constructor(client: SyncClient) {
    this.#client = client;
  }

  /** Undefined before the first answer. */
  get view(): SeriesView | undefined {
    return this.#view;
  }

  /** Why the last read failed; undefined: it did not. */
  get problem(): unknown {
    return this.#problem;
  }

  /** When what is shown was read, milliseconds since 1970. */
  get readAt(): number | undefined {
    return this.#readAt;
  }

  get isReading(): boolean {
    return this.#isReading;
  }

  /** What is shown belongs to the query before. */
  get isOutdated(): boolean {
    return this.#view !== undefined && this.#view.asked !== this.#asked;
  }

  /** Follows a query; returns how to stop. */
  show(asked: SeriesQuery): () => void {
    this.#asked = asked;
    const stop = this.#client.onChange(({ events, moored }) => {
      if (events.length > 0 || moored) this.#soon(asked);
    });
    void this.#read(asked);
    return () => {
      stop();
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#abort.abort();
    };
  }

  /** Reads again at once. */
  retry(): void {
    if (this.#asked) void this.#read(this.#asked);
  }

  #soon(asked: SeriesQuery): void {
    // What is over changes no more, but for what is deleted.
    const isOver = daysOf(asked, Date.now()).last + DAY_MS <= Date.now();
    if (isOver || this.#timer !== undefined) return;
    const wait = Math.max(0, this.#startedAt + REFRESH_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isReading) this.#soon(asked);
      else void this.#read(asked);
    }, wait);
  }

  async #read(asked: SeriesQuery): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#isReading = true;
    this.#startedAt = Date.now();
    try {
      const params = seriesParams(asked, Date.now());
      const series = getSeries(params, signal);
      const isByAgent = params.group_by === 'assignee';
      const agents = isByAgent ? series : getSeries({ ...params, group_by: 'assignee' }, signal);
      const [whole, each] = await Promise.all([series, agents]);
      if (signal.aborted) return;
      this.#view = { asked, series: whole, agents: each };
      this.#readAt = Date.now();
      this.#problem = undefined;
    } catch (problem) {
      if (!signal.aborted) this.#problem = problem;
    }
    if (!signal.aborted) this.#isReading = false;
  }
}

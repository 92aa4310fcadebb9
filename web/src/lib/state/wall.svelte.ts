import type { Stats } from '#contract/stats';

import { getWall } from '../api/wall.js';
import type { SyncClient } from '../sync/sync-client.js';
import { Connection } from './connection.svelte.js';
import { Live } from './live.svelte.js';
import { now } from './now.svelte.js';
import type { Board } from './wall-board.js';
import { WallFollower } from './wall-follower.js';

/** How often the board is read whole although the feed keeps it current. */
const AFRESH_MS = 5 * 60_000;
/** How long what is due is gathered, and how long it may be missing before the board is called old. */
const GATHER_MS = 2_000;
const PATIENCE_MS = 15_000;
const RETRY_MS = 5_000;
/** Beats come every 5 s: two are missing. */
const LIVE_MS = 11_000;
const OUTDATED_MS = 3 * 60_000;

export type FreshnessLook = 'live' | 'connecting' | 'old' | 'outdated';

/**
 * What a board on the wall shows, as runes: a snapshot that follows the feed, and how old it may be. Beats
 * alone prove that it is current: neither a socket that is up nor an answer of the server does.
 */
export class Wall {
  readonly connection: Connection;
  readonly #client: SyncClient;
  readonly #follower = new WallFollower();
  readonly #figures;
  #snapshotStats = $state.raw<Stats>();
  #board = $state.raw<Board>();
  /** When the last beat proved the board current, milliseconds since 1970. */
  #currentAt = $state<number | null>(null);
  #dueSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #readAt = Number.POSITIVE_INFINITY;
  #isReading = false;
  #abort = new AbortController();

  /** To be made while a component is set up. */
  constructor(client: SyncClient) {
    this.#client = client;
    const status = new Live(client.status);
    this.connection = new Connection(() => status.current);
    this.#figures = new Live(client.stats);
  }

  /** Undefined before the first snapshot. */
  get board(): Board | undefined {
    return this.#board;
  }

  /** The newer of what the feed and the snapshot say; undefined before the first figures. */
  get stats(): Stats | undefined {
    const [fed, read] = [this.#figures.current, this.#snapshotStats];
    if (fed === undefined || read === undefined) return fed ?? read;
    if (fed.as_of.epoch === read.as_of.epoch) return fed.as_of.id < read.as_of.id ? read : fed;
    return fed.as_of.epoch === this.#client.position?.epoch ? fed : read;
  }

  get look(): FreshnessLook {
    if (this.#currentAt === null) return 'connecting';
    if (this.connection.isLive && this.ageMs <= LIVE_MS) return 'live';
    return this.ageMs >= OUTDATED_MS ? 'outdated' : 'old';
  }

  /** How old what is shown may be, milliseconds. */
  get ageMs(): number {
    return this.#currentAt === null ? 0 : Math.max(0, now.ms - this.#currentAt);
  }

  /** Reads the board and follows the feed; returns how to stop. */
  follow(): () => void {
    this.#abort = new AbortController();
    const stops = [
      this.#client.onChange(({ events, moored }) => {
        if (moored && this.#client.position) this.#follower.restart(this.#client.position);
        if (events.length > 0) this.#follower.advance(events);
        this.#show();
        if (this.#follower.isDue) this.#readIn(moored ? 0 : GATHER_MS);
      }),
      this.#client.status.subscribe(() => this.#witness()),
    ];
    void this.#read();
    return () => {
      clearTimeout(this.#timer);
      this.#abort.abort();
      for (const stop of stops) stop();
    };
  }

  /** A beat came: what is shown is as of now, if nothing of it is missing. */
  #witness(): void {
    const { phase, stale, lastBeatAt } = this.#client.status.value;
    if (phase !== 'live' || stale || lastBeatAt === null || this.#board === undefined) return;
    if (this.#dueSince !== undefined && lastBeatAt - this.#dueSince > PATIENCE_MS) return;
    this.#currentAt = lastBeatAt;
  }

  #show(): void {
    this.#board = this.#follower.board;
    if (!this.#follower.isDue) this.#dueSince = undefined;
    else this.#dueSince ??= Date.now();
  }

  /** What is due sooner stays so: a stream of changes must not put it off for ever. */
  #readIn(ms: number): void {
    const at = Date.now() + ms;
    if (this.#isReading || this.#readAt <= at) return;
    this.#readAt = at;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), ms);
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    this.#readAt = Number.POSITIVE_INFINITY;
    const { signal } = this.#abort;
    let next = AFRESH_MS;
    try {
      const wall = await this.#snapshot(signal);
      if (this.#follower.take(wall, this.#client.position)) this.#snapshotStats = wall.stats;
      this.#show();
      if (this.#follower.isDue) next = GATHER_MS;
      this.#witness();
    } catch {
      // It goes on being called what it is: old. Nobody is there to be told more.
      next = RETRY_MS;
    }
    this.#isReading = false;
    if (!signal.aborted) this.#readIn(next);
  }

  /** The first one, and the one after a reset, say where the feed begins. */
  #snapshot(signal: AbortSignal) {
    const client = this.#client;
    return client.read(
      {
        fetch: getWall,
        snapshot: ({ as_of }) => ({ asOf: client.position ? null : as_of, tickets: [] }),
        givesPosition: client.position === undefined,
      },
      signal,
    );
  }
}

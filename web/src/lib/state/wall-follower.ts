import type { Cursor } from '#contract/cursor';
import type { FeedEvent } from '#contract/events';
import type { Wall } from '#contract/wall';

import { advanceBoard, type Board } from './wall-board.js';

/** As much as happens while a snapshot is read; a screen that fell behind further reads another one. */
const MOST_EVENTS = 500;

/** The board between snapshots: what happened since, and whether a new snapshot is due. */
export class WallFollower {
  #board: Board | undefined;
  #epoch: string | undefined;
  #asOf = 0;
  /** Every event behind `#floor` that came, for a snapshot that is older than what was seen. */
  #kept: FeedEvent[] = [];
  #floor = 0;
  #isDue = true;

  /** Undefined before the first snapshot. */
  get board(): Board | undefined {
    return this.#board;
  }

  /** The board is not, or no longer, all that the log says. */
  get isDue(): boolean {
    return this.#isDue;
  }

  /** The feed goes on from another position: what lies between was never seen. */
  restart({ epoch, id }: Cursor): void {
    this.#kept = [];
    this.#floor = id;
    this.#isDue = this.#epoch !== epoch || this.#asOf !== id;
  }

  advance(events: readonly FeedEvent[]): void {
    this.#kept.push(...events);
    const dropped = this.#kept.splice(0, Math.max(0, this.#kept.length - MOST_EVENTS));
    this.#floor = dropped.at(-1)?.id ?? this.#floor;
    this.#fold(events);
  }

  /**
   * Takes a snapshot and brings it up to date.
   *
   * @param position where the feed stands; undefined: nowhere yet
   * @returns false when it is of another history, or so old that events behind it are missing
   */
  take(wall: Wall, position: Cursor | undefined): boolean {
    const { epoch, id } = wall.as_of;
    if (position !== undefined && (position.epoch !== epoch || id < this.#floor)) return false;
    this.#epoch = epoch;
    this.#asOf = id;
    this.#board = wall;
    this.#isDue = false;
    this.#fold(this.#kept);
    return true;
  }

  #fold(events: readonly FeedEvent[]): void {
    const news = events.filter(({ id }) => id > this.#asOf);
    if (this.#board === undefined || news.length === 0) return;
    const { board, isShort } = advanceBoard(this.#board, news);
    this.#board = board;
    this.#asOf = news.at(-1)!.id;
    this.#isDue ||= isShort;
  }
}

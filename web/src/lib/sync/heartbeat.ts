import type { Clock } from './clock.js';

/** Without a beat for this long nothing on the screen is known to be current: two beats are missing. */
export const STALE_AFTER_MS = 10_000;
const PATIENCE_MOST = 8;

export interface HeartbeatListener {
  /** `isStale` or `lastBeatAt` changed. */
  changed(): void;
  /** It is time to open the feed again; said at growing distances while no beat comes. */
  overdue(): void;
}

/**
 * Whether the feed is alive. Only `feed:beat` counts: a socket can be up, and even carry envelopes, while
 * the server no longer reads the log. See SPEC.md, section H.
 */
export class Heartbeat {
  readonly #clock: Clock;
  readonly #listener: HeartbeatListener;
  #cancel: (() => void) | undefined;
  #lastBeatAt: number | null = null;
  #stale = false;

  constructor(clock: Clock, listener: HeartbeatListener) {
    this.#clock = clock;
    this.#listener = listener;
  }

  /** When the last beat came, milliseconds since 1970. */
  get lastBeatAt(): number | null {
    return this.#lastBeatAt;
  }

  /** No beat for `STALE_AFTER_MS` of watching. */
  get isStale(): boolean {
    return this.#stale;
  }

  /** Starts to wait for beats, unless it waits already. */
  watch(): void {
    if (this.#cancel === undefined) this.#wait(1);
  }

  beat(): void {
    this.#lastBeatAt = this.#clock.now();
    this.#stale = false;
    this.#cancel?.();
    this.#wait(1);
    this.#listener.changed();
  }

  /** What was missed is still coming: the server is at it, though that says nothing about now. */
  defer(): void {
    this.#cancel?.();
    this.#wait(1);
  }

  /** Nothing is expected any more: there is no open feed. */
  rest(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#stale = false;
  }

  #wait(patience: number): void {
    this.#cancel = this.#clock.after(STALE_AFTER_MS * patience, () => {
      this.#wait(Math.min(patience * 2, PATIENCE_MOST));
      this.#stale = true;
      this.#listener.overdue();
      this.#listener.changed();
    });
  }
}

import type { Clock } from './clock.js';
import type { Phase } from './connection.js';
import { Heartbeat } from './heartbeat.js';
import { LagWatch, type Standing } from './lag-watch.js';
import { LatencyMeter } from './latency-meter.js';

/** Whether what is shown is current, how late it is, and when something must have been lost. SPEC.md, H. */
export class FeedHealth {
  readonly #clock: Clock;
  readonly #heartbeat: Heartbeat;
  readonly #lag = new LagWatch();
  readonly #latency = new LatencyMeter();
  readonly #reopen: () => void;

  /** @param changed staleness, latency or the last beat may be another @param reopen the feed should be */
  constructor(clock: Clock, changed: () => void, reopen: () => void) {
    this.#clock = clock;
    this.#reopen = reopen;
    this.#heartbeat = new Heartbeat(clock, { changed, overdue: reopen });
  }

  /** The feed is open, but the server has not said for 10 s that it reads the log. */
  get isStale(): boolean {
    return this.#heartbeat.isStale;
  }

  /** When the last beat came, milliseconds since 1970. */
  get lastBeatAt(): number | null {
    return this.#heartbeat.lastBeatAt;
  }

  get latencyMs(): number | null {
    return this.#latency.latencyMs;
  }

  entered(phase: Phase): void {
    if (phase === 'live' || phase === 'resuming') return this.#heartbeat.watch();
    this.#lag.forget();
    // A feed opened again on the same socket is as stale as before, until a beat comes.
    if (phase !== 'opening') this.#heartbeat.rest();
  }

  /** The ack to a `feed:open` that was sent at `sentAt`. */
  acked(sentAt: number): void {
    this.#latency.roundTrip(this.#clock.now() - sentAt);
  }

  /** A change committed at `at`, ISO 8601, came while this client was live. */
  changed(at: string): void {
    this.#latency.change(at, this.#clock.now());
  }

  /** What was missed is still coming. */
  resuming(): void {
    this.#heartbeat.defer();
  }

  /** A beat sent at `at`, ISO 8601. */
  beat(at: string, standing: Standing): void {
    this.#latency.beat(at, this.#clock.now());
    this.#heartbeat.beat();
    if (this.#lag.observe(standing)) this.#reopen();
  }
}

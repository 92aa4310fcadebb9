const BEATS = 12;

/**
 * How long a change takes from its commit to this screen, although the two clocks differ. The quickest of
 * the last beats shows the difference of the clocks plus half a round trip; what a message takes beyond
 * that is delay. The half round trip is added back from the measured acks. (The minimum filter of NTP,
 * RFC 5905 section 10.)
 */
export class LatencyMeter {
  readonly #beats: number[] = [];
  #halfTrip = 0;
  #latency: number | null = null;

  /** Milliseconds of the last measured message, null before the first one. */
  get latencyMs(): number | null {
    return this.#latency;
  }

  /** @param ms from sending `feed:open` to its ack */
  roundTrip(ms: number): void {
    this.#halfTrip = ms / 2;
    this.#latency ??= Math.round(this.#halfTrip);
  }

  /** @param at the server's clock, ISO 8601 @param now this clock, milliseconds */
  beat(at: string, now: number): void {
    this.#beats.push(now - Date.parse(at));
    if (this.#beats.length > BEATS) this.#beats.shift();
    this.#measure(at, now);
  }

  /** A change that was committed while this client was live; parameters as for `beat`. */
  change(at: string, now: number): void {
    if (this.#beats.length > 0) this.#measure(at, now);
  }

  #measure(at: string, now: number): void {
    const beyond = now - Date.parse(at) - Math.min(...this.#beats);
    this.#latency = Math.max(0, Math.round(beyond + this.#halfTrip));
  }
}

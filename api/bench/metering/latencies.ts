import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';

/** Percentiles in milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Latencies in an HDR histogram: microseconds up to a minute, three digits. */
export class Latencies {
  readonly #histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 60_000_000,
    numberOfSignificantValueDigits: 3,
  });

  /** Below zero counts as zero: a message may be there before its writer has heard of its commit. */
  add(milliseconds: number): void {
    this.#histogram.recordValue(Math.min(60_000_000, Math.max(0, Math.round(milliseconds * 1_000))));
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  /** Takes in what another process has counted. @param encoded by `encode` */
  merge(encoded: string): void {
    this.#histogram.add(decodeFromCompressedBase64(encoded));
  }

  encode(): string {
    return encodeIntoCompressedBase64(this.#histogram);
  }

  percentiles(): Percentiles {
    const at = (percentile: number) => this.#histogram.getValueAtPercentile(percentile) / 1_000;
    return { p50: at(50), p95: at(95), p99: at(99), max: this.#histogram.maxValue / 1_000 };
  }
}

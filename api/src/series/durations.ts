import type { Series } from '../contract/series.js';

type Summary = Series['curves'][number]['total']['resolution'];

/**
 * Each bucket ends a tenth above where it begins. What lies in one is answered as 2 · growth / (growth + 1) of its
 * beginning, which is at most (growth - 1) / (growth + 1) = 4.8 % from all of it. (DDSketch: Masson, Rim and Lee,
 * VLDB 2019.)
 */
const GROWTH = 1.1;
const LOG_GROWTH = Math.log(GROWTH);
const COUNTS = 2 ** 32;

/** How long things took, as a histogram with buckets on a logarithmic scale: it can be stored and added up. */
export class Durations {
  readonly #counts = new Map<number, number>();

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  /** @param ms below one, as when a clock was put back, counts as one */
  add(ms: number): void {
    this.#count(Math.ceil(Math.log(Math.max(1, ms)) / LOG_GROWTH), 1);
  }

  addAll(other: Durations): void {
    for (const [bucket, count] of other.#counts) this.#count(bucket, count);
  }

  /** Adds stored histograms: their elements, in any order, with blanks between. */
  addStored(elements: string): void {
    for (const element of elements.split(' ')) {
      const packed = Number(element);
      this.#count(Math.floor(packed / COUNTS), packed % COUNTS);
    }
  }

  /** As the database stores it: (bucket << 32) + count. Null when it is empty. */
  stored(): number[] | null {
    return this.isEmpty ? null : [...this.#counts].map(([bucket, count]) => bucket * COUNTS + count);
  }

  /** The nearest-rank median and 90th percentile, in whole milliseconds. */
  summary(): Summary {
    const buckets = [...this.#counts].sort(([a], [b]) => a - b);
    const count = buckets.reduce((sum, [, of]) => sum + of, 0);
    const quantile = (part: number): number | null => {
      let left = Math.ceil(part * count);
      for (const [bucket, of] of buckets) {
        left -= of;
        if (left <= 0) return Math.round((2 * GROWTH ** bucket) / (GROWTH + 1));
      }
      return null;
    };
    return { count, median_ms: quantile(0.5), p90_ms: quantile(0.9) };
  }

  #count(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
  }
}

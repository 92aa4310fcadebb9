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
const DIGIT_0 = 48;

/** More than the longest duration between two moments of the contract needs. */
const BUCKETS = 512;
/** Where counts are added up by bucket, in one go, and left at zero. */
const scratch = new Float64Array(BUCKETS);

/** How long things took, as a histogram with buckets on a logarithmic scale: it can be stored and added up. */
export class Durations {
  // Side by side. A bucket may be there more than once, which is cheaper than looking for it.
  readonly #buckets: number[] = [];
  readonly #counts: number[] = [];

  /** @param ms below one, as when a clock was put back, counts as one */
  add(ms: number): void {
    this.#count(Math.ceil(Math.log(Math.max(1, ms)) / LOG_GROWTH), 1);
  }

  addAll(other: Durations): void {
    other.#forEach((bucket, count) => this.#count(bucket, count));
  }

  /** Adds stored histograms: their elements, in any order, with blanks between. */
  addStored(elements: string): void {
    let packed = 0;
    // By hand: an answer may hold a million of them.
    for (let index = 0; index <= elements.length; index += 1) {
      const code = elements.charCodeAt(index);
      if (code >= DIGIT_0) packed = packed * 10 + code - DIGIT_0;
      else {
        const bucket = Math.floor(packed / COUNTS);
        this.#count(bucket, packed - bucket * COUNTS);
        packed = 0;
      }
    }
  }

  /** As the database stores it, each bucket once: (bucket << 32) + count. Null when it is empty. */
  stored(): number[] | null {
    const stored: number[] = [];
    this.#forEach((bucket, count) => stored.push(bucket * COUNTS + count));
    return stored.length === 0 ? null : stored;
  }

  /** The nearest-rank median and 90th percentile, in whole milliseconds. */
  summary(): Summary {
    const count = this.#counts.reduce((sum, of) => sum + of, 0);
    const summary: Summary = { count, median_ms: null, p90_ms: null };
    let passed = 0;
    this.#forEach((bucket, of) => {
      passed += of;
      if (passed >= 0.5 * count) summary.median_ms ??= msOf(bucket);
      if (passed >= 0.9 * count) summary.p90_ms ??= msOf(bucket);
    });
    return summary;
  }

  #count(bucket: number, count: number): void {
    this.#buckets.push(bucket);
    this.#counts.push(count);
  }

  /** Each bucket once, from the shortest on. */
  #forEach(take: (bucket: number, count: number) => void): void {
    let low = BUCKETS;
    let high = -1;
    for (let index = 0; index < this.#buckets.length; index += 1) {
      const bucket = this.#buckets[index]!;
      scratch[bucket]! += this.#counts[index]!;
      if (bucket < low) low = bucket;
      if (bucket > high) high = bucket;
    }
    for (let bucket = low; bucket <= high; bucket += 1) {
      const count = scratch[bucket]!;
      if (count === 0) continue;
      scratch[bucket] = 0;
      take(bucket, count);
    }
  }
}

const msOf = (bucket: number): number => Math.round((2 * GROWTH ** bucket) / (GROWTH + 1));

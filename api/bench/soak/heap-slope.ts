/** What a heap held, so long after its process began. */
export interface HeapSample {
  readonly hours: number;
  readonly mb: number;
}

export interface HeapSlope {
  readonly mbPerHour: number;
  /** Standard error of the slope. */
  readonly error: number;
}

/** Fewer say nothing. */
const LEAST_SAMPLES = 8;

/** The slope by least squares of the samples after the warm-up; null when they are too few. */
export function heapSlope(all: readonly HeapSample[], warmUpSeconds: number): HeapSlope | null {
  const samples = all.filter(({ hours }) => hours * 3_600 >= warmUpSeconds);
  if (samples.length < LEAST_SAMPLES) return null;
  const mean = (of: (sample: HeapSample) => number) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [meanHours, meanMb] = [mean(({ hours }) => hours), mean(({ mb }) => mb)];
  const spread = samples.reduce((sum, { hours }) => sum + (hours - meanHours) ** 2, 0);
  const mbPerHour =
    samples.reduce((sum, { hours, mb }) => sum + (hours - meanHours) * (mb - meanMb), 0) / spread;
  const off = samples.reduce(
    (sum, { hours, mb }) => sum + (mb - meanMb - mbPerHour * (hours - meanHours)) ** 2,
    0,
  );
  return { mbPerHour, error: Math.sqrt(off / (samples.length - 2) / spread) };
}

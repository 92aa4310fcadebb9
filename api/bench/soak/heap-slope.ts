/** What a heap held, so long after its process began. */
export interface HeapSample {
  readonly hours: number;
  /** Data: compiled code is apart. */
  readonly mb: number;
  readonly codeMb: number;
  /** Open at that moment. */
  readonly connections: number;
}

export interface HeapSlope {
  readonly mbPerHour: number;
  /** Standard error of the slope. */
  readonly error: number;
}

/** Fewer say nothing. */
const LEAST_SAMPLES = 8;

/**
 * How the data of a heap grows with time, of the samples after the warm-up; null when they are too few. Connections
 * come and go, and each takes memory while it is open: so of `mb` and of the hours what goes along with them is
 * taken away first, which gives the slope of least squares by both (the theorem of Frisch, Waugh and Lovell).
 */
export function heapSlope(all: readonly HeapSample[], warmUpSeconds: number): HeapSlope | null {
  const samples = all.filter(({ hours }) => hours * 3_600 >= warmUpSeconds);
  if (samples.length < LEAST_SAMPLES) return null;
  const connections = centred(samples.map((sample) => sample.connections));
  const hours = without(connections, centred(samples.map((sample) => sample.hours)));
  const mb = without(connections, centred(samples.map((sample) => sample.mb)));
  const spread = product(hours, hours);
  const off = without(hours, mb);
  return {
    mbPerHour: product(hours, mb) / spread,
    error: Math.sqrt(product(off, off) / (samples.length - 3) / spread),
  };
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/** What is left of `values` when what they share with `other` is taken away. */
function without(other: readonly number[], values: readonly number[]): number[] {
  const spread = product(other, other);
  if (spread === 0) return [...values];
  const share = product(other, values) / spread;
  return values.map((value, index) => value - share * other[index]!);
}

const product = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, index) => sum + value * other[index]!, 0);

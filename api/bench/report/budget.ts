/** A figure and what was promised of it. */
export interface Budget {
  readonly figure: string;
  readonly value: number;
  readonly limit: number;
  readonly bound: 'at most' | 'at least';
}

export function isMet({ value, limit, bound }: Budget): boolean {
  return bound === 'at most' ? value <= limit : value >= limit;
}

/** `ok`, or by how much the figure is off: `MISS +12 %`. */
export function verdict(budget: Budget): string {
  if (isMet(budget)) return 'ok';
  const off = Math.round((budget.value / budget.limit - 1) * 100);
  return `MISS ${off > 0 ? '+' : ''}${off} %`;
}

/** A number in few characters: 0.234, 2.34, 23.4, 234. */
export function short(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0);
}

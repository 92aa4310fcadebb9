import type { ChartData } from './chart-data.ts';

/** Where things are in a chart, in pixels: a place for each moment, a height for each value. */
interface Scales {
  readonly xScale: ((at: Date) => number | undefined) & { bandwidth?: () => number };
  readonly yScale: (value: number) => number;
}

/**
 * All bars of each curve as one path, on top of each other or side by side.
 *
 * @param scales of a chart whose `x` is the moment, with values as they are in `data`
 */
export function barsOf(
  { at, curves }: Pick<ChartData, 'at' | 'curves'>,
  isStacked: boolean,
  { xScale, yScale }: Scales,
): { key: string; color: string; path: string }[] {
  const moments = at.map((moment) => xScale(new Date(moment)) ?? 0);
  const width = (xScale.bandwidth?.() ?? 0) / (isStacked ? 1 : curves.length);
  const below = at.map(() => 0);
  return curves.map(({ key, color, values }, place) => {
    let path = '';
    values.forEach((value, index) => {
      if (value === null || value <= 0) return;
      const from = below[index]!;
      const x = moments[index]! + (isStacked ? 0 : place * width);
      const [top, bottom] = [yScale(from + value), yScale(from)];
      path += `M${x.toFixed(1)} ${bottom.toFixed(1)}V${top.toFixed(1)}h${width.toFixed(2)}V${bottom.toFixed(1)}z`;
      if (isStacked) below[index] = from + value;
    });
    return { key, color, path };
  });
}

import type { ChartData } from './chart-data.ts';

/** Where things are in a chart, in pixels: a place for each moment, a height for each value. */
interface Scales {
  readonly xScale: (at: Date) => number | undefined;
  readonly yScale: (value: number) => number;
}

/**
 * Each curve as a line that is broken where there is nothing to say, and its dots, for a stroke with round ends: of
 * all values, or of those that would draw nothing else, having none beside them.
 */
export function linesOf(
  { at, curves }: Pick<ChartData, 'at' | 'curves'>,
  hasAllDots: boolean,
  { xScale, yScale }: Scales,
): { key: string; color: string; isDashed: boolean; line: string; dots: string }[] {
  const moments = at.map((moment) => (xScale(new Date(moment)) ?? 0).toFixed(1));
  return curves.map(({ key, color, isDashed = false, values }) => {
    let [line, dots] = ['', ''];
    values.forEach((value, index) => {
      if (value === null) return;
      const place = `${moments[index]} ${yScale(value).toFixed(1)}`;
      const hasOneBefore = (values[index - 1] ?? null) !== null;
      const isAlone = !hasOneBefore && (values[index + 1] ?? null) === null;
      if (!isAlone) line += `${hasOneBefore ? 'L' : 'M'}${place}`;
      if (isAlone || hasAllDots) dots += `M${place}h0`;
    });
    return { key, color, isDashed, line, dots };
  });
}

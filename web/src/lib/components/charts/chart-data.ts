/** One curve, with a value for each point of the chart; null: there is nothing to say. */
export interface Curve {
  readonly key: string;
  readonly name: string;
  /** As CSS writes it. */
  readonly color: string;
  readonly isDashed?: boolean;
  readonly values: readonly (number | null)[];
}

/** What a chart, its table and its file are made of. */
export interface ChartData {
  /** For the name of the file. */
  readonly key: string;
  readonly title: string;
  readonly lead: string;
  /** Durations are milliseconds. */
  readonly unit: 'count' | 'duration';
  readonly look: 'bars' | 'stack' | 'area' | 'lines';
  readonly interval: 'hour' | 'day';
  /** Where each interval begins, ISO 8601. */
  readonly at: readonly string[];
  readonly curves: readonly Curve[];
}

/** Whether there is anything to draw. */
export const isBlank = ({ curves }: ChartData): boolean =>
  curves.every(({ values }) => values.every((value) => value === null || value === 0));

import type { Series, SeriesCurve, SeriesPoint } from '#contract/series';
import type { Category, Priority } from '#contract/ticket';
import type { ChartData, Curve } from '#lib/components/charts/chart-data.ts';
import { ACCENT, colorAt, DONE, FAINT } from '#lib/components/charts/palette.ts';
import type { SeriesGrouping } from '#lib/state/series-params.ts';
import * as names from '#lib/text.ts';
import { agents, charts as text, stats } from '#lib/text/stats.ts';

/** More curves than this cannot be told apart; the busiest are drawn, the rest are in the table of agents. */
const MOST_CURVES = 7;

type Read = (point: SeriesPoint) => number | null;
type Time = 'first_response' | 'resolution';

/** The charts of the page: four without groups, five with them. */
export function chartsOf(series: Series, group: SeriesGrouping | undefined): ChartData[] {
  return group === undefined ? plainCharts(series) : groupedCharts(series, group);
}

/** Of a curve, for people. */
export function nameOfCurve({ key, name }: SeriesCurve, group: SeriesGrouping): string {
  if (group === 'category') return names.category[key as Category] ?? String(key);
  if (group === 'priority') return names.priority[key as Priority] ?? String(key);
  return name ?? key ?? agents.nobody;
}

function plainCharts(series: Series): ChartData[] {
  const points = series.curves[0]?.points ?? [];
  const frame = frameOf(series);
  const curve = (key: string, name: string, color: string, read: Read): Curve => ({
    key,
    name,
    color,
    values: points.map(read),
  });
  const times = (time: Time): Curve[] => [
    curve('median', text.median, ACCENT, (point) => point[time].median_ms),
    { ...curve('p90', text.p90, FAINT, (point) => point[time].p90_ms), isDashed: true },
  ];
  return [
    {
      ...frame,
      key: 'flow',
      title: text.flow,
      lead: text.flowLead,
      unit: 'count',
      look: 'bars',
      curves: [
        curve('inflow', stats.inflow, ACCENT, ({ inflow }) => inflow),
        curve('outflow', stats.outflow, DONE, ({ outflow }) => outflow),
      ],
    },
    {
      ...backlogOf(frame),
      curves: [curve('backlog', text.backlog, ACCENT, ({ backlog }) => backlog)],
    },
    { ...timeOf(frame, 'first_response', ''), curves: times('first_response') },
    { ...timeOf(frame, 'resolution', ''), curves: times('resolution') },
  ];
}

function groupedCharts(series: Series, group: SeriesGrouping): ChartData[] {
  const frame = frameOf(series);
  const weight = ({ total, points }: SeriesCurve) =>
    total.inflow + total.outflow + (points.at(-1)?.backlog ?? 0);
  const busiest = new Set(
    [...series.curves].sort((one, other) => weight(other) - weight(one)).slice(0, MOST_CURVES),
  );
  const shown = series.curves.filter((curve) => busiest.has(curve));
  const curves = (read: Read): Curve[] =>
    shown.map((curve, place) => ({
      key: curve.key ?? 'none',
      name: nameOfCurve(curve, group),
      color: group === 'priority' ? `var(--${curve.key})` : colorAt(place),
      values: curve.points.map(read),
    }));
  const by = stats.groups[group];
  const flow = { ...frame, unit: 'count', look: 'stack' } as const;
  return [
    {
      ...flow,
      key: 'inflow',
      title: text.inflowBy(by),
      lead: group === 'assignee' ? text.inflowByAgentLead : text.inflowLead,
      curves: curves(({ inflow }) => inflow),
    },
    {
      ...flow,
      key: 'outflow',
      title: text.outflowBy(by),
      lead: text.outflowLead,
      curves: curves(({ outflow }) => outflow),
    },
    { ...backlogOf(frame), curves: curves(({ backlog }) => backlog) },
    {
      ...timeOf(frame, 'first_response', text.medianBy),
      curves: curves((point) => point.first_response.median_ms),
    },
    { ...timeOf(frame, 'resolution', text.medianBy), curves: curves((point) => point.resolution.median_ms) },
  ];
}

type Frame = Pick<ChartData, 'at' | 'interval'>;

const frameOf = ({ interval, curves }: Series): Frame => ({
  interval,
  at: curves[0]?.points.map(({ at }) => at) ?? [],
});

const backlogOf = (frame: Frame) =>
  ({
    ...frame,
    key: 'backlog',
    title: text.backlog,
    lead: text.backlogLead,
    unit: 'count',
    look: 'area',
  }) as const;

const timeOf = (frame: Frame, time: Time, what: string) =>
  ({
    ...frame,
    key: time.replace('_', '-'),
    title: time === 'resolution' ? text.resolution : text.firstResponse,
    lead: (time === 'resolution' ? text.resolutionLead : text.firstResponseLead) + what,
    unit: 'duration',
    look: 'lines',
  }) as const;

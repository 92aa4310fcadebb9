import { scaleLog } from 'd3-scale';

import type { FanOutFigures, FanOutLine } from '../feed/fan-out-bench.js';

const WIDTH = 840;
const LABELS = 256;
const RIGHT = 104;
const TOP = 88;
const LINE = 22;
const GROUP_GAP = 18;
const BOTTOM = 44;
/** What a person feels as at once, and what is promised of p99. */
const AT_ONCE_MS = 100;
/** Moments are known to the millisecond. */
const LEAST_MS = 1;

const NAMES = { rest: 'REST', sql: 'SQL', floor: 'bare' };

/** The colours stand on a ground of their own, so that the chart reads on any page. */
const STYLE = `
  svg { --ground: #ffffff; --edge: #d9dde3; --ink: #1d232b; --soft: #5d6673; --grid: #e9ecf0;
        --rest: #2f5fd0; --sql: #0f8a6a; --floor: #98a1ad; }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #14181d; --edge: #313842; --ink: #e8ebef; --soft: #9aa4b1; --grid: #242a32;
          --rest: #8aaefc; --sql: #4cc9a0; --floor: #6d7784; }
  }
  text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: var(--ink); }
  .title { font-weight: 600; font-size: 16px; }
  .soft { fill: var(--soft); font-size: 12px; }
  .value { font-size: 12px; font-variant-numeric: tabular-nums; }
  .ground { fill: var(--ground); stroke: var(--edge); }
  .grid { stroke: var(--grid); }
  .at-once { stroke: var(--soft); stroke-dasharray: 3 4; }
  .rest { --mark: var(--rest); } .sql { --mark: var(--sql); } .floor { --mark: var(--floor); }
  .span { stroke: var(--mark); stroke-width: 3; opacity: 0.45; stroke-linecap: round; }
  .p50 { fill: var(--mark); }
  .p99 { fill: var(--ground); stroke: var(--mark); stroke-width: 2.5; }`;

/** An SVG of commit to received, p50 to p99, for each number of sockets; readable in light and dark. */
export function latencyChart(figures: readonly FanOutFigures[], caption: string): string {
  const lines = figures.flatMap((course) => course.lines);
  const most = Math.max(AT_ONCE_MS * 1.5, ...lines.map(({ latency }) => latency.p99 * 1.2));
  const least = Math.max(LEAST_MS, Math.min(...lines.map(({ latency }) => latency.p50)) / 1.5);
  const x = scaleLog([least, most], [LABELS, WIDTH - RIGHT]);
  const place = (ms: number) => x(Math.max(least, ms)).toFixed(1);
  let y = TOP;
  const groups = figures.map(({ sockets, processes, lines: courseLines }) => {
    const head = y + LINE / 2;
    const paced = `${Math.round(courseLines.at(-1)!.perSecond)} changes a second`;
    const rows = courseLines.map((line) => {
      y += LINE;
      return row(line, y - LINE / 2, place);
    });
    y += GROUP_GAP;
    return `
  <text x="20" y="${head + 4}">${sockets.toLocaleString('en')} sockets${processes > 1 ? `, ${processes} processes` : ''}</text>
  <text x="20" y="${head + 21}" class="soft">${paced}</text>${rows.join('')}`;
  });
  const bottom = y - GROUP_GAP / 2;
  const ticks = x.ticks().filter((ms) => /^[125]/.test(String(ms)));
  const axis = ticks.map(
    (ms) => `
  <line x1="${place(ms)}" x2="${place(ms)}" y1="${TOP - 6}" y2="${bottom}" class="${ms === AT_ONCE_MS ? 'at-once' : 'grid'}"/>
  <text x="${place(ms)}" y="${bottom + 18}" text-anchor="middle" class="soft">${ms}</text>`,
  );
  const height = bottom + BOTTOM;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">
  <title id="title">Milliseconds from a change's commit to its receipt by every socket, p50 to p99: ${caption}</title>
  <style>${STYLE}
  </style>
  <rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8" class="ground"/>
  <text x="20" y="30" class="title">From a change’s commit to every socket, in milliseconds</text>
  <text x="20" y="50" class="soft">${caption}</text>
${legend()}${axis.join('')}
  <text x="${WIDTH - 20}" y="${bottom + 18}" text-anchor="end" class="soft">ms</text>${groups.join('')}
</svg>
`;
}

function row({ source, latency }: FanOutLine, y: number, place: (ms: number) => string): string {
  const [from, to] = [place(latency.p50), place(latency.p99)];
  return `
  <g class="${source}">
    <text x="${LABELS - 14}" y="${y + 4}" text-anchor="end" class="soft">${NAMES[source]}</text>
    <line x1="${from}" x2="${to}" y1="${y}" y2="${y}" class="span"/>
    <circle cx="${to}" cy="${y}" r="4.5" class="p99"/>
    <circle cx="${from}" cy="${y}" r="5" class="p50"/>
    <text x="${Number(to) + 10}" y="${y + 4}" class="value">${Math.round(latency.p50)} to ${Math.round(latency.p99)}</text>
  </g>`;
}

function legend(): string {
  return `  <g class="floor">
    <circle cx="26" cy="67" r="5" class="p50"/><text x="37" y="71" class="soft">p50</text>
    <circle cx="74" cy="67" r="4.5" class="p99"/><text x="85" y="71" class="soft">p99</text>
    <text x="124" y="71" class="soft">bare: the same frames from a Socket.IO server with nothing else to do</text>
  </g>`;
}

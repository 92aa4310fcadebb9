import { readFile, writeFile } from 'node:fs/promises';

import type { FanOutFigures, FanOutLine } from '../feed/fan-out-bench.js';
import type { HttpSample } from '../http/http-bench.js';
import type { Machine } from '../machine.js';
import { sizeName } from '../options.js';
import { CHART, README } from '../paths.js';
import { short } from './budget.js';
import { latencyChart } from './latency-chart.js';
import { markdownTable } from './markdown-table.js';
import type { Published, RouteFigures } from './published.js';

const BEGIN = '<!-- figures: npm run bench -- --publish writes what follows -->';
const END = '<!-- end of figures -->';

/** Draws the chart and writes the README's figures anew. @throws Error when the README has no place for them */
export async function publish(figures: Published): Promise<void> {
  const { fanOut, machine, measuredAt } = figures;
  if (fanOut !== undefined) await writeFile(CHART, latencyChart(fanOut, describe(machine)));
  const text = await readFile(README, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`The README has no "${BEGIN}" and "${END}"`);
  const parts = [
    `Measured on ${measuredAt.slice(0, 10)} on ${describe(machine)}, Node ${machine.node.slice(1)}, ${machine.postgres} ` +
      'as\ndurable as in production; database, api and all clients share that one machine.',
    ...(fanOut === undefined ? [] : [fanOutTable(fanOut)]),
    ...sentences(figures),
    ...(figures.http === undefined ? [] : [httpTable(figures.http)]),
  ];
  const section = `${BEGIN}\n\n${parts.join('\n\n')}\n\n${END}`;
  await writeFile(README, text.slice(0, begin) + section + text.slice(end + END.length));
}

const describe = ({ cores, cpu, memoryGb }: Machine) => `${cores} cores (${cpu}), ${memoryGb} GB`;

function fanOutTable(courses: readonly FanOutFigures[]): string {
  const cell = (line: FanOutLine | undefined) =>
    line === undefined ? '' : `${Math.round(line.latency.p50)} / ${Math.round(line.latency.p99)}`;
  const rows = courses.map(({ sockets, processes, lines }) => {
    const by = (source: FanOutLine['source']) => lines.find((line) => line.source === source);
    return [
      sockets.toLocaleString('en'),
      String(processes),
      String(Math.round(by('sql')!.perSecond)),
      cell(by('rest')),
      cell(by('sql')),
      cell(by('floor')),
    ];
  });
  const header = [
    'sockets',
    'api processes',
    'changes a second',
    'by REST, p50 / p99 ms',
    'by SQL',
    'bare broadcast',
  ];
  return markdownTable(header, rows);
}

function sentences({ memory, delivery, writes }: Published): string[] {
  const said: string[] = [];
  if (memory !== undefined) said.push(`An idle socket takes ${short(memory.kb)} KB of the api.`);
  if (delivery !== undefined) {
    said.push(
      `A full log goes out to ${delivery.sockets.toLocaleString('en')} sockets at ${short(delivery.ratio)} of the speed of a bare broadcast.`,
    );
  }
  if (writes !== undefined) {
    const shares = writes.map(({ kind, ratio }) => `${kind}s ${short(ratio.feed)}`).join(', ');
    said.push(`Of the write throughput of plain SQL without any feed, 16 writers keep: ${shares}.`);
  }
  return said.length === 0 ? [] : [said.join('\n')];
}

/** CPU of api and database together, in milliseconds a request; and how that compares with bare Express and `pg`. */
function httpTable(figures: readonly RouteFigures[]): string {
  const sizes = [...new Set(figures.map(({ size }) => size))].sort((a, b) => a - b);
  const [smallest, largest] = [sizes[0]!, sizes.at(-1)!];
  const cpu = ({ serverCpu, databaseCpu }: HttpSample) => short(serverCpu + databaseCpu);
  const routes = [...new Set(figures.map(({ route }) => route))];
  const rows = routes.map((route) => {
    const at = (size: number) => figures.find((figure) => figure.route === route && figure.size === size)!;
    const { api, floor } = at(largest);
    return [
      route,
      ...(smallest === largest ? [] : [cpu(at(smallest).api)]),
      cpu(api),
      short(api.p50),
      short(api.p99),
      String(Math.round(api.perSecond)),
      short(api.perSecond / floor.perSecond),
    ];
  });
  const header = [
    'REST, 16 clients',
    ...(smallest === largest ? [] : [`CPU ms at ${sizeName(smallest)}`]),
    `CPU ms at ${sizeName(largest)}`,
    'p50 ms',
    'p99 ms',
    'a second',
    'of bare Express',
  ];
  return markdownTable(header, rows);
}

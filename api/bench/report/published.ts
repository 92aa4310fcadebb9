import { readFile, writeFile } from 'node:fs/promises';

import type { DeliveryFigures } from '../feed/delivery-bench.js';
import type { FanOutFigures } from '../feed/fan-out-bench.js';
import type { MemoryFigures } from '../feed/memory-bench.js';
import type { HttpFigures, HttpSample } from '../http/http-bench.js';
import type { Machine } from '../machine.js';
import { FIGURES } from '../paths.js';
import type { WriteFigures } from '../writes/write-bench.js';

/** One route at one size, medians. */
export interface RouteFigures {
  readonly route: string;
  readonly size: number;
  readonly api: HttpSample;
  readonly floor: HttpSample;
}

/** The parts that a run has measured. */
export interface Measured {
  readonly fanOut?: readonly FanOutFigures[];
  readonly memory?: MemoryFigures;
  readonly delivery?: DeliveryFigures;
  readonly http?: readonly RouteFigures[];
  readonly writes?: readonly WriteFigures[];
}

/** What the README shows; each part of the newest run that measured it. */
export interface Published extends Measured {
  readonly measuredAt: string;
  readonly machine: Machine;
}

/** Each route of the api with the same of the floor. */
export function routeFigures(figures: readonly HttpFigures[]): RouteFigures[] {
  const floors = figures.filter(({ kind }) => kind === 'floor');
  return figures
    .filter(({ kind }) => kind === 'api')
    .map(({ course, size, median }) => {
      const floor = floors.find((figure) => figure.course === course && figure.size === size)!;
      return { route: course, size, api: median, floor: floor.median };
    });
}

/** @throws Error when there are none yet */
export async function readPublished(): Promise<Published> {
  return JSON.parse(await readFile(FIGURES, 'utf8')) as Published;
}

/** Puts the parts of a run in the place of the earlier ones; another machine's are not kept beside them. */
export async function updatePublished(run: Published): Promise<Published> {
  const before = await readPublished().catch(() => null);
  const isSameMachine = JSON.stringify(before?.machine) === JSON.stringify(run.machine);
  const figures = { ...(isSameMachine ? before : null), ...run };
  await writeFile(FIGURES, `${JSON.stringify(figures, null, 2)}\n`);
  return figures;
}

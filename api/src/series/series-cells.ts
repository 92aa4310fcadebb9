import { Durations } from './durations.js';
import type { Groups, Movement } from './movements.js';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Hours that a cell spans. */
export type Span = 1 | 24;

/** The facets by which a cut divides tickets, added up. */
const FACETS = { category: 1, priority: 2, assignee: 4 } as const;
export type Facet = keyof typeof FACETS;

/**
 * The cuts that are kept, those with the fewest cells first. Hours by assignee alone would hardly have fewer cells
 * than the finest cut, so they are added up from that when somebody asks.
 */
const KEPT: Readonly<Record<Span, readonly number[]>> = {
  1: [0, 1, 2, 3, 7],
  24: [0, 1, 2, 3, 4, 7],
};

/** The smallest kept cut that divides by all these facets. */
export function cutBy(span: Span, facets: readonly Facet[]): number {
  const asked = facets.reduce((sum, facet) => sum | FACETS[facet], 0);
  return KEPT[span].find((cut) => (cut & asked) === asked)!;
}

export const beginning = (at: number, span: Span): number =>
  Math.floor(at / (span * HOUR_MS)) * span * HOUR_MS;

/** A row of `series_cell` as it is added; `at` in milliseconds since 1970. */
export interface CellRecord extends Record<keyof Groups, string> {
  readonly span: Span;
  readonly cut: number;
  readonly at: number;
  readonly inflow: number;
  readonly outflow: number;
  readonly backlog: number;
  readonly first_response: readonly number[] | null;
  readonly resolution: readonly number[] | null;
}

/** What a number of tickets has added up to. */
export class Tally {
  inflow = 0;
  outflow = 0;
  backlog = 0;
  readonly firstResponse = new Durations();
  readonly resolution = new Durations();

  add({ inflow, outflow, backlog, firstResponseMs, resolutionMs }: Movement): void {
    this.inflow += inflow;
    this.outflow += outflow;
    this.backlog += backlog;
    if (firstResponseMs !== null) this.firstResponse.add(firstResponseMs);
    if (resolutionMs !== null) this.resolution.add(resolutionMs);
  }
}

type Place = Pick<CellRecord, 'span' | 'cut' | 'at' | keyof Groups>;

/** Adds movements up in all cells that they belong to: those of each span and cut. */
export class SeriesCells {
  readonly #cells = new Map<string, { readonly place: Place; readonly tally: Tally }>();

  add(movement: Movement): void {
    for (const span of [1, 24] as const) {
      const at = beginning(movement.at, span);
      for (const cut of KEPT[span]) {
        const of = (facet: Facet) => ((cut & FACETS[facet]) === 0 ? '' : movement[facet]);
        this.#tally({
          span,
          cut,
          at,
          category: of('category'),
          priority: of('priority'),
          assignee: of('assignee'),
        }).add(movement);
      }
    }
  }

  records(): CellRecord[] {
    return [...this.#cells.values()].map(({ place, tally }) => ({
      ...place,
      inflow: tally.inflow,
      outflow: tally.outflow,
      backlog: tally.backlog,
      first_response: tally.firstResponse.stored(),
      resolution: tally.resolution.stored(),
    }));
  }

  #tally(place: Place): Tally {
    const key = `${place.span} ${place.cut} ${place.at} ${place.category} ${place.priority} ${place.assignee}`;
    let cell = this.#cells.get(key);
    if (cell === undefined) this.#cells.set(key, (cell = { place, tally: new Tally() }));
    return cell.tally;
  }
}

import type { SeriesCurve, SeriesPoint } from '../contract/series.js';
import type { Movement } from './movements.js';
import { Tally } from './series-cells.js';
import { pointsOf, type SeriesRange } from './series-range.js';
import type { SeriesRow } from './series-rows.js';

/** One group's course through a range, put together from what was added up and what came since. */
export class Curve {
  readonly #steps: (Tally | undefined)[];
  #later = 0;

  constructor(private readonly range: SeriesRange) {
    this.#steps = Array.from({ length: pointsOf(range) });
  }

  /** Whether nothing happened in the range, and nothing since that tells of another backlog in it. */
  get isEmpty(): boolean {
    return this.#later === 0 && this.#steps.every((step) => step === undefined);
  }

  addRow(row: SeriesRow): void {
    const step = this.#stepAt(row.at);
    step.inflow += row.inflow;
    step.outflow += row.outflow;
    step.backlog += row.backlog;
    if (row.first_response !== null) step.firstResponse.addStored(row.first_response);
    if (row.resolution !== null) step.resolution.addStored(row.resolution);
  }

  addMovement(movement: Movement): void {
    if (movement.at >= this.range.to) this.#later += movement.backlog;
    else if (movement.at >= this.range.from) this.#stepAt(movement.at).add(movement);
  }

  addLater(backlog: number): void {
    this.#later += backlog;
  }

  /**
   * From the backlog as it is now back to the range's beginning: it needs no more of the past than is asked for.
   * @param unsolved the group's tickets that are unsolved now
   */
  curve(label: Pick<SeriesCurve, 'key' | 'name'>, unsolved: number): SeriesCurve {
    const total = new Tally();
    const points: SeriesPoint[] = [];
    let backlog = unsolved - this.#later;
    for (let index = this.#steps.length - 1; index >= 0; index -= 1) {
      const step = this.#steps[index];
      const at = new Date(this.range.from + index * this.range.stepMs).toISOString();
      points.push({ at, backlog, ...(step === undefined ? NOTHING : figures(step)) });
      if (step === undefined) continue;
      backlog -= step.backlog;
      total.inflow += step.inflow;
      total.outflow += step.outflow;
      total.firstResponse.addAll(step.firstResponse);
      total.resolution.addAll(step.resolution);
    }
    return { ...label, total: figures(total), points: points.reverse() };
  }

  #stepAt(at: number): Tally {
    return (this.#steps[Math.floor((at - this.range.from) / this.range.stepMs)] ??= new Tally());
  }
}

const figures = ({ inflow, outflow, firstResponse, resolution }: Tally): SeriesCurve['total'] => ({
  inflow,
  outflow,
  first_response: firstResponse.summary(),
  resolution: resolution.summary(),
});

const NOTHING = figures(new Tally());

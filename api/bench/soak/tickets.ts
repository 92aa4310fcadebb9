import type { Random } from '../../test/support/random.js';

/** Ids of the tickets that are there, as their writers know. */
export class Tickets {
  readonly #ids: number[];

  constructor(
    count: number,
    private readonly random: Random,
  ) {
    this.#ids = Array.from({ length: count }, (_, index) => index + 1);
  }

  add(id: number): void {
    this.#ids.push(id);
  }

  any(): number {
    return this.random.pick(this.#ids);
  }

  /** One that nobody else is given from now on. */
  take(): number {
    const at = this.random.int(0, this.#ids.length - 1);
    const [id] = this.#ids.splice(at, 1);
    return id!;
  }
}

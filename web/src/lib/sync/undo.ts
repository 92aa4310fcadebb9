import type { Item, Lanes } from './lane.js';
import { changesOf, isUndo, type PatchWrite, type Write } from './outbox.js';
import type { Patched } from './sender.js';
import type { TakenBack, Undoable, UndoLog } from './undo-log.js';

export interface UndoParts {
  readonly lanes: Lanes;
  readonly log: UndoLog;
  /** Gives up a write that has no answer. */
  discard(item: Item): void;
  /** Changes a ticket, until it is answered. Throws what it is refused with. */
  patch(ticketId: number, write: PatchWrite): Promise<Patched>;
}

/** Takes acts back: what was done by new changes, what has no answer as far as that is still possible. SPEC.md, U. */
export class Undo {
  readonly #parts: UndoParts;

  constructor(parts: UndoParts) {
    this.#parts = parts;
  }

  /** The last act that can be taken back; undefined: there is none. */
  get lastAct(): string | undefined {
    const unsent = [...this.#recallable()].map(({ item: { entry } }) => entry);
    const made = [this.#parts.log.last ?? [], unsent].flat();
    return made.toSorted((one, other) => one.order - other.order).at(-1)?.act;
  }

  /**
   * Takes back what was done together, but for the fields that were touched since. What was not sent is given
   * up; what is under way is taken back once it is answered.
   *
   * @returns what came of each change; empty: there was nothing to take back
   */
  async takeBack(act: string): Promise<readonly TakenBack[]> {
    const unsent = [...this.#recallable()].filter(({ item }) => item.entry.act === act);
    const done = this.#takeBackAll(act);
    const recalled = unsent.map(({ item, isUnderWay }) => this.#recall(item, isUnderWay));
    return [...(await done), ...(await Promise.all(recalled)).flat()];
  }

  /** A ticket's changes wait for the connection: those that are to be taken back are given up. */
  stuck(ticketId: number): void {
    for (const { item } of [...this.#parts.lanes.all()])
      if (item.entry.ticketId === ticketId && item.recalled) this.#parts.discard(item);
  }

  /** The changes without an answer that can still be taken back, in no order. */
  *#recallable() {
    for (const one of this.#parts.lanes.all()) {
      const { discarded, recalled, entry } = one.item;
      if (!discarded && !recalled && isChange(entry.write)) yield one;
    }
  }

  async #recall(item: Item, isUnderWay: boolean): Promise<readonly TakenBack[]> {
    const { act, ticketId, write } = item.entry;
    const over = new Promise<void>((resolve) => (item.recalled = resolve));
    if (isUnderWay) await over;
    else this.#parts.discard(item);
    const fields = Object.keys(changesOf(write) ?? {});
    return item.discarded ? [{ ticketId, fields, touched: [], isGivenUp: true }] : this.#takeBackAll(act);
  }

  /** What is in the log of an act by now. */
  #takeBackAll(act: string): Promise<readonly TakenBack[]> {
    return Promise.all(this.#parts.log.take(act).map((one) => this.#restore(one)));
  }

  async #restore({ ticketId, version, before, after }: Undoable): Promise<TakenBack> {
    const fields = Object.keys(before);
    try {
      const write = { kind: 'patch', changes: before, base: version, undoes: after } as const;
      return { ticketId, fields, touched: (await this.#parts.patch(ticketId, write)).touched };
    } catch (failure) {
      return { ticketId, fields, touched: [], failure };
    }
  }
}

/** A change of fields that is not itself there to take one back. */
const isChange = (write: Write): boolean => changesOf(write) !== undefined && !isUndo(write);

import type { Conflict } from '../conflicts.js';
import type { ModelServer, TitleAt } from './model-server.js';

/** When a person decided. */
export interface Moment {
  /** Rises with all that they write and are told. */
  readonly at: number;
  /** Of the history that they saw: in another one its versions mean nothing. */
  readonly epoch: string | undefined;
}

interface Written {
  readonly epoch: string;
  /** Of the history that its writer saw. */
  readonly shown: string | undefined;
  /** Of a title: the one that the person saw when they decided, and in which history. */
  seen: (TitleAt & Moment) | undefined;
  /** The person was told that it did not come to be, or gave it up. */
  isClosed: boolean;
  /** When they were told, or their page went. */
  toldAt: number;
}

/**
 * What one person wrote, each with a text that nobody else writes, over all the pages they had: each must be
 * taken once, or its writer told that it was not.
 */
export class Ledger {
  readonly #server: ModelServer;
  readonly #written = new Map<string, Written>();
  #moment = 0;

  constructor(server: ModelServer) {
    this.#server = server;
  }

  /** @param shown the history that its writer sees */
  write(text: string, shown: string | undefined): void {
    this.#written.set(text, {
      epoch: this.#server.epoch,
      shown,
      seen: undefined,
      isClosed: false,
      toldAt: Infinity,
    });
  }

  /** The person decides, or decided, about a title of theirs. @param seen what they saw of the ticket then; undefined: nothing */
  saw(text: string, seen: TitleAt | undefined, moment: Moment): void {
    const written = this.#written.get(text);
    if (written) written.seen = seen && { title: seen.title, version: seen.version, ...moment };
  }

  /** The present moment. */
  now(epoch: string | undefined): Moment {
    return { at: (this.#moment += 1), epoch };
  }

  /** The person is told what became of a text; without it: their page goes, and nobody hears of any. */
  told(text?: string): void {
    this.#moment += 1;
    for (const [known, written] of this.#written)
      if (text === undefined || text === known) written.toldAt = Math.min(written.toldAt, this.#moment);
  }

  close(text: string): void {
    const written = this.#written.get(text);
    if (written) written.isClosed = true;
  }

  /** At all times: nothing was taken twice, nor what its writer believes to have failed, nor over something unseen. */
  check(): void {
    for (const [text, { isClosed, seen }] of this.#written) {
      if (seen && seen.epoch === this.#server.epoch) this.#notOverUnseen(text, seen);
      const times = this.#server.timesTaken(text);
      if (times > 1) throw new Error(`${text} was taken ${times} times`);
      if (times === 1 && isClosed) throw new Error(`${text} was taken, and called failed`);
    }
  }

  /** A newer title is one that the person wrote too, or is again what they saw. */
  #notOverUnseen(text: string, seen: TitleAt): void {
    const over = this.#server.overwritten(text);
    if (!over || over.version <= seen.version || over.title === seen.title) return;
    if (this.#written.has(over.title)) return;
    throw new Error(`${text} was written over ${over.title}, unseen since version ${seen.version}`);
  }

  /**
   * What was on its way when the person decided, or was made since, is not in conflict with it, unless another
   * field of the same change is, or a backup came back meanwhile.
   */
  inConflict({ changes, fields }: Conflict): void {
    const [conflict] = fields;
    if (conflict?.field !== 'title' || Object.keys(changes).length > 1) return;
    const seen = this.#written.get(changes.title ?? '')?.seen;
    const theirs = this.#written.get(String(conflict.theirs));
    if (!seen || !theirs || theirs.toldAt < seen.at) return;
    // What is answered by another history than the one shown is no own answer there.
    if (theirs.epoch !== this.#server.epoch || theirs.shown !== theirs.epoch) return;
    if (seen.epoch !== theirs.epoch) return;
    throw new Error(`${changes.title} conflicts with ${String(conflict.theirs)} of the same person`);
  }

  /** At rest: what was not taken waits for its writer's decision, or its writer knows. */
  atRest({ conflicts, unsent }: { conflicts: readonly Conflict[]; unsent: readonly string[] }): void {
    this.check();
    const open = new Set([...unsent, ...conflicts.map(({ changes }) => changes.title)]);
    for (const [text, { epoch, isClosed }] of this.#written) {
      const taken = this.#server.timesTaken(text) === 1;
      if (taken && open.has(text)) throw new Error(`${text} was taken, and waits for a decision`);
      // A backup that came back has forgotten what it had taken.
      if (taken || isClosed || open.has(text) || epoch !== this.#server.epoch) continue;
      throw new Error(`${text} was neither taken nor reported`);
    }
  }
}

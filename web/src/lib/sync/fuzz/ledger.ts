import type { Conflict } from '../conflicts.js';
import type { ModelServer, TitleAt } from './model-server.js';

interface Written {
  readonly epoch: string;
  /** Of a title: the one that the person saw when they decided, and in which history. */
  seen: (TitleAt & { readonly epoch: string | undefined }) | undefined;
  /** The person was told that it did not come to be, or gave it up. */
  isClosed: boolean;
}

/**
 * What one person wrote, each with a text that nobody else writes, over all the pages they had: each must be
 * taken once, or its writer told that it was not.
 */
export class Ledger {
  readonly #server: ModelServer;
  readonly #written = new Map<string, Written>();

  constructor(server: ModelServer) {
    this.#server = server;
  }

  write(text: string): void {
    this.#written.set(text, { epoch: this.#server.epoch, seen: undefined, isClosed: false });
  }

  /**
   * The person has decided about a title of theirs.
   *
   * @param seen what they saw of the ticket then; undefined: nothing
   * @param epoch the history that they saw: in another one the version means nothing
   */
  saw(text: string, seen: TitleAt | undefined, epoch: string | undefined): void {
    const written = this.#written.get(text);
    if (written) written.seen = seen && { title: seen.title, version: seen.version, epoch };
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

  /** Nobody is asked to decide between two titles of their own, unless another field of the same change is a matter. */
  inConflict({ changes, fields }: Conflict): void {
    const [conflict] = fields;
    if (conflict?.field !== 'title' || Object.keys(changes).length > 1) return;
    const theirs = this.#written.get(String(conflict.theirs));
    if (theirs?.epoch !== this.#server.epoch) return;
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

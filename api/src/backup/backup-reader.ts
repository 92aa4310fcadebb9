import type { Readable } from 'node:stream';

import { BackupError } from './backup.error.js';
import { ROWS_END } from './backup-format.js';

const NEW_LINE = 0x0a;
const END = Buffer.from(ROWS_END);
const END_AFTER_ROW = Buffer.from(`\n${ROWS_END}`);

/** Takes an unpacked backup apart as it comes, a piece at a time. */
export class BackupReader {
  readonly #pieces: AsyncIterator<Buffer>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(unpacked: Readable) {
    this.#pieces = unpacked.iterator() as AsyncIterator<Buffer>;
  }

  /** The next line as JSON. @throws BackupError when the file ends here */
  async line(): Promise<unknown> {
    let end = this.#buffer.indexOf(NEW_LINE);
    while (end < 0) {
      await this.#more();
      end = this.#buffer.indexOf(NEW_LINE);
    }
    const text = this.#take(end + 1).toString();
    try {
      return JSON.parse(text);
    } catch {
      throw new BackupError('This is not a backup of Signalbox');
    }
  }

  /** The rows of the table whose line was just read, in pieces of whole rows. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.#buffer.subarray(0, END.length).equals(END)) {
        this.#take(END.length);
        return;
      }
      const end = this.#buffer.indexOf(END_AFTER_ROW);
      const whole = end < 0 ? this.#buffer.lastIndexOf(NEW_LINE) : end;
      // The last row in hand may be followed by the end's first bytes only: what begins a line stays.
      if (whole >= 0) yield this.#take(whole + 1);
      if (end < 0) await this.#more();
    }
  }

  #take(length: number): Buffer {
    const taken = this.#buffer.subarray(0, length);
    this.#buffer = this.#buffer.subarray(length);
    return taken;
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#pieces.next().catch((error: Error) => {
      throw new BackupError(`The file is damaged or incomplete (${error.message})`);
    });
    if (done === true) throw new BackupError('The file is incomplete');
    this.#buffer = Buffer.concat([this.#buffer, value]);
  }
}

import { loadText, saveText, type StoredText, type TextDraftKey } from './text-draft-storage.js';

/** What is typed is stored after at most this long. */
const SAVE_AFTER_MS = 300;

/**
 * A title or description being rewritten in place. What others make of the field meanwhile is told, and
 * touches nothing of it; neither does a reload.
 */
export class TextDraft {
  readonly #key: TextDraftKey;
  readonly #current: () => string | undefined;
  #stored = $state.raw<StoredText>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param current what the field is now; undefined while it is not known */
  constructor(key: TextDraftKey, current: () => string | undefined) {
    this.#key = key;
    this.#current = current;
    this.#stored = loadText(key);
  }

  get isOpen(): boolean {
    return this.#stored !== undefined;
  }

  get text(): string {
    return this.#stored?.text ?? '';
  }

  /** Somebody else's text of the field, to be decided on; undefined: nobody has touched it. */
  get theirs(): string | undefined {
    const current = this.#current();
    if (this.#stored === undefined || current === undefined) return undefined;
    return current === this.#stored.base || current === this.#stored.text.trim() ? undefined : current;
  }

  open(): void {
    const current = this.#current();
    if (current !== undefined && this.#stored === undefined) this.#stored = { text: current, base: current };
  }

  write(text: string): void {
    if (this.#stored === undefined) return;
    this.#stored = { ...this.#stored, text };
    this.#timer ??= setTimeout(this.flush, SAVE_AFTER_MS);
  }

  /** Stores what was typed at once, for when the page is left; where nothing was, another tab may have. */
  readonly flush = (): void => {
    if (this.#timer !== undefined) this.#save();
  };

  /** It is saved, or given up. */
  close(): void {
    const hadWritten = this.#isWritten || this.#timer !== undefined;
    this.#stored = undefined;
    if (hadWritten) this.#save();
  }

  /**
   * Takes away what is written. Returns how to have it back, which is false where something else is written by
   * then; undefined: nothing was written.
   */
  drop(): (() => boolean) | undefined {
    const dropped = this.#isWritten ? this.#stored : undefined;
    this.close();
    return dropped && (() => this.#bringBack(dropped));
  }

  /** One that says what the field says is none. */
  get #isWritten(): boolean {
    return this.#stored !== undefined && this.#stored.text !== this.#stored.base;
  }

  #bringBack(dropped: StoredText): boolean {
    if (this.#isWritten) return false;
    this.#stored = dropped;
    this.#save();
    return true;
  }

  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    saveText(this.#key, this.#isWritten ? this.#stored : undefined);
  }
}

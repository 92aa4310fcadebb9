import { tick } from 'svelte';

import { isAtWork } from '#lib/components/keys/pressed.ts';
import { commandOf } from '#lib/state/keys.ts';

const LONGEST_MS = 10_000;
const POLL_MS = 50;

/**
 * Puts the focus where an internal note is written: the ticket, and what it is written in, may have to be loaded
 * first. What is typed until then is meant for the note, and is put into it. Escape or a press of the pointer calls
 * it off.
 *
 * @param placeOf where the ticket is shown; undefined: not yet
 * @returns false: it has not come in time, or no note can be written there
 */
export async function composeNote(placeOf: () => HTMLElement | undefined): Promise<boolean> {
  const typed = new TypedAhead();
  try {
    for (let waited = 0; waited < LONGEST_MS; waited += POLL_MS) {
      if (typed.isCalledOff) return true;
      if (await focusNote(placeOf)) return (typed.pass(document.activeElement), true);
      await new Promise((resume) => setTimeout(resume, POLL_MS));
    }
    return false;
  } finally {
    typed.close();
  }
}

/** @returns whether one can write there now */
async function focusNote(placeOf: () => HTMLElement | undefined): Promise<boolean> {
  const composer = placeOf()?.querySelector('[data-testid="composer"]');
  const tab = composer?.querySelector<HTMLElement>('[role="tab"][id$="-note"]');
  if (!tab) return false;
  tab.click();
  await tick();
  const input = placeOf()?.querySelector<HTMLTextAreaElement>('[data-testid="composer"] textarea');
  input?.focus();
  return input !== undefined && input === document.activeElement;
}

const NOTE = '[data-testid="composer"]:has([id$="-note"][aria-selected="true"]) textarea';
const isNote = (target: EventTarget | null): target is HTMLTextAreaElement =>
  target instanceof HTMLTextAreaElement && target.matches(NOTE);

/** The letters of somebody who is quicker than what they write in. */
class TypedAhead {
  isCalledOff = false;
  #text = '';
  readonly #hold = (event: KeyboardEvent) => this.#take(event);
  readonly #callOff = () => void (this.isCalledOff = true);

  constructor() {
    addEventListener('keydown', this.#hold, { capture: true });
    addEventListener('pointerdown', this.#callOff, { capture: true });
  }

  /** Puts them behind what is there. */
  pass(input: EventTarget | null): void {
    if (!isNote(input) || this.#text === '') return;
    input.setRangeText(this.#text, input.value.length, input.value.length, 'end');
    this.#text = '';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  close(): void {
    removeEventListener('keydown', this.#hold, { capture: true });
    removeEventListener('pointerdown', this.#callOff, { capture: true });
  }

  #take(event: KeyboardEvent): void {
    // The ticket's own page may have led to the note first: this key comes behind what was typed before.
    if (isAtWork(event.target)) return this.pass(event.target);
    const { key } = event;
    const isShortcut =
      (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph');
    if (key === 'Escape') this.isCalledOff = true;
    else if (!isShortcut && [...key].length === 1) this.#text += key;
    else if (key === 'Backspace') this.#text = this.#text.slice(0, -1);
    else if (key === 'Enter') this.#text += '\n';
    else if (commandOf(event, 'list') === undefined) return;
    event.preventDefault();
  }
}

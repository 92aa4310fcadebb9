import { toast } from 'svelte-sonner';
import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import type { Selection } from '#lib/state/selection.svelte.ts';
import { list as text } from '#lib/text/queue.ts';
import { composeNote } from './compose-note.ts';

/** The ticket follows the keyboard once it rests. */
const FOLLOW_MS = 160;

/** The screen that one walks on. */
export interface WalkedScreen {
  /** There is room for a ticket beside the list; else it gets a page of its own. */
  readonly hasPanes: boolean;
  /** The ticket beside the list. */
  readonly openedId: number | undefined;
  readonly pane: HTMLElement | undefined;
  /** Shows a ticket beside the list; undefined: none. */
  show(id: number | undefined): void;
  /** Brings the row of the keyboard into sight. */
  reveal(): void;
  /** Gives the focus back to the list. */
  back(): void;
}

/** Where keys and pointer lead: along the list, into a ticket, and out again. */
export class ListWalk {
  readonly #selection: Selection;
  readonly #screen: WalkedScreen;
  #following: ReturnType<typeof setTimeout> | undefined;

  constructor(selection: Selection, screen: WalkedScreen) {
    this.#selection = selection;
    this.#screen = screen;
  }

  open(id: number): void {
    this.stop();
    this.#selection.moveToTicket(id);
    if (this.#screen.hasPanes) this.#screen.show(id);
    else void goto(resolve('/tickets/[id]', { id: String(id) }));
  }

  /** A row was pressed; what browsers do with links, they still do. */
  pick(id: number, event: MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.button !== 0) return;
    event.preventDefault();
    this.#screen.back();
    if (event.shiftKey) this.#selection.extendTo(id);
    else this.open(id);
  }

  /** @param act moves the selection */
  move(act: () => void): void {
    act();
    const screen = this.#screen;
    screen.reveal();
    if (screen.openedId === undefined || !screen.hasPanes) return;
    this.stop();
    this.#following = setTimeout(() => {
      this.#following = undefined;
      const { id } = this.#selection;
      if (id !== undefined && id !== screen.openedId) screen.show(id);
    }, FOLLOW_MS);
  }

  /** Into the ticket of the keyboard. */
  enter(): void {
    const { id } = this.#selection;
    if (id === undefined) return;
    const { openedId, pane } = this.#screen;
    if (id === openedId) pane?.querySelector<HTMLElement>('[data-ticket-text]')?.focus();
    else this.open(id);
  }

  /** One step out: of what is marked, of the ticket, of the list. */
  leave(): void {
    const screen = this.#screen;
    if (this.#selection.marked.size > 0) this.#selection.clear();
    else if (screen.pane?.contains(document.activeElement)) screen.back();
    else if (screen.openedId !== undefined) screen.show(undefined);
    else screen.back();
  }

  /** To where a note is written on the ticket of the keyboard. */
  async note(): Promise<void> {
    const { id } = this.#selection;
    const screen = this.#screen;
    if (id === undefined) return;
    this.stop();
    const page = resolve('/tickets/[id]', { id: String(id) });
    const paneOf = () => (screen.openedId === id ? screen.pane : undefined);
    const pageOf = () =>
      (location.pathname === page && document.querySelector<HTMLElement>('main')) || undefined;
    if (!screen.hasPanes) void goto(resolve(`/tickets/${id}#note` as '/'));
    else if (id !== screen.openedId) screen.show(id);
    if (!(await composeNote(screen.hasPanes ? paneOf : pageOf)))
      toast.warning(text.noNote(id), { description: text.noNoteHint });
  }

  /** The ticket is about to follow the keyboard. */
  get isFollowing(): boolean {
    return this.#following !== undefined;
  }

  /** The ticket no longer follows. */
  stop(): void {
    clearTimeout(this.#following);
    this.#following = undefined;
  }
}

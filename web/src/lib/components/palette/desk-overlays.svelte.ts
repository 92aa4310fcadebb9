import { createContext } from 'svelte';

import type { EditableField } from '#lib/components/edit/editable-field.ts';
import type { BulkChange } from '#lib/state/queue-bulk-plan.ts';
import type { Views } from '#lib/state/views.svelte.ts';

/** What a page lets the palette do with its tickets. */
export interface PageActs {
  readonly kind: 'queue' | 'ticket';
  /** The tickets that are marked, or the one that the page or its keyboard is at. */
  readonly targets: readonly number[];
  /** The saved views, where the page has them. */
  readonly views?: Views;
  set(field: EditableField, value: BulkChange['value']): void;
  claim(): void;
  note(): void;
  /** Shows a ticket. */
  open(id: number): void;
  /** The focus goes where the page wants it, unless it was somewhere in particular. */
  back?(): void;
}

/** The palette, the sheet of keys, and the question before one signs out. */
export type OverlayKind = 'palette' | 'keys' | 'leaving';

/** What opens over every page. */
export class DeskOverlays {
  #shown = $state<OverlayKind>();
  #asked = $state(0);
  #page = $state.raw<PageActs>();
  #focused: Element | null = null;

  get shown(): OverlayKind | undefined {
    return this.#shown;
  }

  /** How often one of them was asked for: asked for once more, what could not be fetched is tried again. */
  get asked(): number {
    return this.#asked;
  }

  /** Of the page that is shown; undefined: it has no tickets to act on. */
  get page(): PageActs | undefined {
    return this.#page;
  }

  /** A page says what it can do; returns how to say that it has gone. */
  lend(page: PageActs): () => void {
    this.#page = page;
    return () => {
      if (this.#page === page) this.#page = undefined;
    };
  }

  show(what: OverlayKind): void {
    if (this.#shown === undefined) this.#focused = document.activeElement;
    this.#shown = what;
    this.#asked += 1;
  }

  /** How to close the one that is shown now, and no other that has been asked for since. */
  closing(): () => void {
    const asked = this.#asked;
    return () => {
      if (asked === this.#asked) this.close();
    };
  }

  /** The focus goes back to where it was: whoever was writing goes on, and their letters act on nothing. */
  close(): void {
    this.#shown = undefined;
    const before = this.#focused;
    if (before instanceof HTMLElement && before.isConnected && before !== document.body)
      before.focus({ preventScroll: true });
    else this.#page?.back?.();
  }
}

export const [getDeskOverlays, setDeskOverlays] = createContext<DeskOverlays>();

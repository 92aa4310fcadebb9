import { tick } from 'svelte';

const TRIES = 40;
const POLL_MS = 50;

/**
 * Puts the focus where an internal note is written, in a ticket beside the list: the ticket, and what it is
 * written in, may have to be loaded first.
 *
 * @param paneOf where the ticket is shown; undefined: not yet
 */
export async function composeNote(paneOf: () => HTMLElement | undefined): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const composer = paneOf()?.querySelector('[data-testid="composer"]');
    const tab = composer?.querySelector<HTMLElement>('[role="tab"][id$="-note"]');
    if (tab) {
      tab.click();
      await tick();
      paneOf()?.querySelector<HTMLElement>('[data-testid="composer"] textarea')?.focus();
      return;
    }
    await new Promise((resume) => setTimeout(resume, POLL_MS));
  }
}

import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

const NO_HUE = () => undefined;

/** Lights an element up for about a second. Colour only, so it suits people who want less motion too. */
export const glowOnce: Attachment<HTMLElement> = (element) => lightUp(element, undefined);

/**
 * Lights it up whenever `read` gives another value, but not the first time. While it glows, what is
 * positioned within it is placed by it, and its `::after` is taken.
 *
 * @param hue of whoever changed it, in degrees; undefined: the desk's own colour
 */
export function glow(read: () => unknown, hue: () => number | undefined = NO_HUE): Attachment<HTMLElement> {
  return (element) => {
    let before: unknown;
    $effect(() => {
      const value = read();
      if (before !== undefined && value !== before) untrack(() => lightUp(element, hue()));
      before = value;
    });
  };
}

/** The light is a style (see `[data-glow]`): asked for by script, each would have the page's styles found at once. */
function lightUp(element: HTMLElement, hue: number | undefined): void {
  if (hue === undefined) element.style.removeProperty('--glow-hue');
  else element.style.setProperty('--glow-hue', String(hue));
  // Another name begins anew what still glows.
  element.dataset.glow = element.dataset.glow === 'on' ? 'again' : 'on';
  element.addEventListener('animationend', goOut);
}

function goOut({ currentTarget, target }: AnimationEvent): void {
  if (target === currentTarget) delete (currentTarget as HTMLElement).dataset.glow;
}

import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

const GLOW_MS = 1_100;

const NO_HUE = () => undefined;

/** Lights an element up for about a second. Colour only, so it suits people who want less motion too. */
export const glowOnce: Attachment<HTMLElement> = (element) => lightUp(element, undefined);

/**
 * Lights it up whenever `read` gives another value, but not the first time.
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

function lightUp(element: HTMLElement, hue: number | undefined): void {
  const color = hue === undefined ? 'var(--glow)' : `oklch(from var(--glow) l c ${hue})`;
  element.animate({ backgroundColor: [color, 'transparent'] }, { duration: GLOW_MS, easing: 'ease-in' });
}

import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

const GLOW_MS = 1_100;

/** Lights an element up for about a second. Colour only, so it suits people who want less motion too. */
export const glowOnce: Attachment<HTMLElement> = (element) => {
  element.animate(
    { backgroundColor: ['var(--glow)', 'transparent'] },
    { duration: GLOW_MS, easing: 'ease-in' },
  );
};

/** Lights it up whenever `read` gives another value, but not the first time. */
export function glow(read: () => unknown): Attachment<HTMLElement> {
  return (element) => {
    let before: unknown;
    $effect(() => {
      const value = read();
      if (before !== undefined && value !== before) untrack(() => glowOnce(element));
      before = value;
    });
  };
}

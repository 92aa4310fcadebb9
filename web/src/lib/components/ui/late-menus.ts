import { late } from '#lib/state/late.ts';

/** The menus at a `MenuButton`: what floats is a fifth of the queue's script, and nobody needs it at first. */
export const menus = {
  oneOf: late(() => import('./one-of-menu.svelte')),
  anyOf: late(() => import('./any-of-menu.svelte')),
  popover: late(() => import('./anchored-popover.svelte')),
};

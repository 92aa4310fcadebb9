import { late } from '#lib/state/late.ts';

/** What opens over every page, but no first sight needs. */
export const lateOverlays = {
  keySheet: late(() => import('#lib/components/keys/key-sheet.svelte')),
  palette: late(() => import('./desk-palette.svelte')),
};

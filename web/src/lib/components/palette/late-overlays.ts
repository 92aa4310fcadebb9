/** No first sight of a page needs them; fetched once that is shown, to be at hand without a connection. */
export const lateOverlays = {
  keySheet: () => import('#lib/components/keys/key-sheet.svelte'),
  palette: () => import('./desk-palette.svelte'),
};

import { lateOverlays } from '#lib/components/palette/late-overlays.ts';

/**
 * What the first sight of the queue does not need, fetched once that is shown: so that each is at hand when it is
 * asked for, also without a connection by then, or after a release that has taken these files away.
 */
export const lateParts = {
  bulkBar: () => import('./bulk-bar.svelte'),
  bulkDialog: () => import('./bulk-dialog.svelte'),
  ticketPane: () => import('./ticket-pane.svelte'),
  ...lateOverlays,
};

/** Resolves when all are here or have failed: one that failed is fetched again when it is asked for. */
export const fetchLateParts = () => Promise.allSettled(Object.values(lateParts).map((fetch) => fetch()));

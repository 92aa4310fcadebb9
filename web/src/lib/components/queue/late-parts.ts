import { late } from '#lib/state/late.ts';

/** What the queue opens, but its first sight does without. */
export const lateParts = {
  bulkBar: late(() => import('./bulk-bar.svelte')),
  bulkDialog: late(() => import('./bulk-dialog.svelte')),
  ticketPane: late(() => import('./ticket-pane.svelte')),
  viewMenu: late(() => import('./view-menu.svelte')),
  saveView: late(() => import('./save-view.svelte')),
};

import { late } from '#lib/state/late.ts';

/** What the shell of every page opens, but the first sight does without. */
export const shellParts = {
  accountMenu: late(() => import('./account-menu.svelte')),
  confirm: late(() => import('#lib/components/ui/confirm-dialog.svelte')),
  signedOut: late(() => import('#lib/components/session/signed-out-dialog.svelte')),
  unsent: late(() => import('#lib/components/edit/unsent-list.svelte')),
};

import { toast } from 'svelte-sonner';

import type { Bulk } from '#lib/state/queue-bulk.svelte.ts';
import { bulk as text } from '#lib/text/queue.ts';

/** The toast that offers to take a change of many back. */
export const BULK_DONE = 'bulk done';

/** Takes a change of many back, and says what came of it. */
export async function undoBulk(bulk: Bulk): Promise<void> {
  if (bulk.made === 0) return;
  toast.dismiss(BULK_DONE);
  const under = toast.loading(text.undoing);
  const { undone, spared, failed } = await bulk.undo();
  toast.dismiss(under);
  const description = spared > 0 ? text.spared(spared) : '';
  if (failed > 0) toast.error(text.undoFailed(failed), { description });
  else if (spared > 0) toast.warning(text.undone(undone), { description });
  else toast.success(text.undone(undone));
}

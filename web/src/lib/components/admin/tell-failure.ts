import { toast } from 'svelte-sonner';

import { sayFailure } from '#lib/state/session-failure.ts';
import { admin as text } from '#lib/text/admin.ts';

const FAILURE_MS = 10_000;

/** Runs `act`; a failure is told in a toast, with a way to try again. @returns whether it was done */
export async function telling(failed: string, act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (failure) {
    toast.error(failed, {
      description: sayFailure(failure),
      duration: FAILURE_MS,
      action: { label: text.retry, onClick: () => void telling(failed, act) },
    });
    return false;
  }
}

import { toast } from 'svelte-sonner';

import { signOut } from '#lib/api/session.ts';
import { getDesk } from '#lib/state/desk.svelte.ts';
import { sayFailure } from '#lib/state/session-failure.ts';
import { getSession } from '#lib/state/session.svelte.ts';
import { account as text } from '#lib/text/session.ts';

import { getDeskOverlays } from './desk-overlays.svelte.ts';

export interface WayOut {
  /** Signs out, but asks first while there are changes that the server has not got. */
  ask(): void;
  /** Signs out. What the server has not got is kept in this browser, for the same person. */
  leave(): Promise<void>;
}

/** How one signs out of the desk, wherever it is asked for. Called while a component is made. */
export function wayOut(): WayOut {
  const session = getSession();
  const { connection } = getDesk();
  const overlays = getDeskOverlays();

  async function leave(): Promise<void> {
    try {
      await session.leave(signOut);
    } catch (failure) {
      toast.error(text.signOutFailed, { description: sayFailure(failure) });
    }
  }

  return {
    ask: () => (connection.unanswered > 0 ? overlays.show('leaving') : void leave()),
    leave,
  };
}

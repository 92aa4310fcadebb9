import type { Ready } from '#contract/health';

import { getReady } from '../../api/health.js';
import { Remote } from './remote.svelte.js';

export interface Readiness extends Ready {
  /** How long the answer took, milliseconds. */
  readonly latencyMs: number;
}

/** What the server says of its parts, as far as it says anything. */
export const readiness = (): Remote<Readiness> =>
  new Remote(async (signal) => {
    const asked = performance.now();
    const ready = await getReady(signal);
    return { ...ready, latencyMs: Math.round(performance.now() - asked) };
  });

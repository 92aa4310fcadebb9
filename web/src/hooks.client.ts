import { takeHeadStart } from '#lib/state/head-start.ts';
import { takeLinkSecret } from '#lib/state/session-link.ts';

/** Before the router and every request: a secret in the address is gone by then. */
export function init(): void {
  takeLinkSecret();
  takeHeadStart(location);
}

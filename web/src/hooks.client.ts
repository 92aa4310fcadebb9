import { takeLinkSecret } from '#lib/state/session-link.ts';

/** Before the router and every request: a secret in the address is gone by then. */
export const init = takeLinkSecret;

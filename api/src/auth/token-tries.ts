import type { IncomingMessage } from 'node:http';

import type { Identity } from './identity.js';

/** How often an address may show tokens that are none: decided where all limits are. */
export abstract class TokenTries {
  /**
   * @param look finds whose token it is; rejects with ProblemError `unauthenticated` when it is nobody's
   * @throws ProblemError `rate_limited` instead, where there were too many; what `look` throws
   */
  abstract run(request: IncomingMessage, look: () => Promise<Identity>): Promise<Identity>;
}

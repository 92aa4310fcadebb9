import type { Login } from '../tests/support/people.js';

/** Of everybody in the demo that the pictures are taken of. */
export const PASSWORD = 'pictures are taken of this';

export const AMARA: Login = { email: 'amara.okafor@example.com', password: PASSWORD };
export const GRACE: Login = { email: 'grace.whitfield@example.com', password: PASSWORD };

/**
 * Version of the wire: raised by hand whenever a message changes shape in a way that an older client
 * or server would misread. `protocol.test.ts` fails when the schemas change and this number does not.
 */
export const PROTOCOL_VERSION = 1;

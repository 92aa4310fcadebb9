import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A secret that cannot be guessed, `prefix` telling people (and scanners of source code) what it opens. */
export const newSecret = (prefix: 'sbx_' | 'sbd_' | 'sbp_' | 'sbs_'): string =>
  prefix + randomBytes(SECRET_BYTES).toString('base64url');

/** What is stored of a secret. One that is random needs no slow hash: there is nothing to try. */
export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

import { resolve } from 'node:path';

/** Where the pictures go; not committed. */
export const FOLDER = resolve(import.meta.dirname, '../screenshots');

import { resolve } from 'node:path';

/** The workspace `api`; this file runs compiled, from `api/bench/dist/bench`. */
export const API = resolve(import.meta.dirname, '../../..');

/** The built app, as `npm start` runs it. */
export const API_MAIN = resolve(API, 'dist/main.js');

/** Where a run leaves its JSON; git-ignored. */
export const RESULTS = resolve(API, 'bench/results');

/** The database server's folder of a run; git-ignored, removed at the end. */
export const SERVER_DATA = resolve(API, '../.data/bench');

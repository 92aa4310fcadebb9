import { resolve } from 'node:path';

/** The workspace `api`; this file runs compiled, from `api/bench/dist/bench`. */
export const API = resolve(import.meta.dirname, '../../..');

/** The app, compiled together with this file, so that a build meanwhile takes nothing away from under a run. */
export const API_MAIN = resolve(import.meta.dirname, '../src/main.js');

/** What the README shows, and from what it is written. */
export const README = resolve(API, '../README.md');
export const FIGURES = resolve(API, '../.github/figures.json');
export const CHART = resolve(API, '../.github/latency.svg');

/** Where a run leaves its JSON; git-ignored. */
export const RESULTS = resolve(API, 'bench/results');

/** The database server's folders of a run; git-ignored, removed at the end. */
export const BENCH_DATA = resolve(API, '../.data/bench');
export const SOAK_DATA = resolve(API, '../.data/soak');

/**
 * Writes the security headers that the api gives to the web app's pages and to problems as nginx's directives, so
 * that where nginx answers by itself it says the very same. After a build:
 *
 *   node api/scripts/nginx-headers.mjs FOLDER
 *
 * makes `page-headers.conf`, `problem-headers.conf` and `hsts.conf` there.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { securityHeaders } from '../dist/security-headers/security-headers.js';

const HSTS = 'Strict-Transport-Security';
const WEB_BUILD = fileURLToPath(new URL('../../web/build', import.meta.url));

const middleware = securityHeaders(WEB_BUILD);

/** What the api sets on an answer at this path: a Map of names to values. */
function headersAt(path, secure) {
  const headers = new Map();
  const response = {
    setHeader: (name, value) => headers.set(name, value),
    removeHeader: (name) => headers.delete(name),
  };
  middleware({ path, secure }, response, (error) => {
    if (error) throw error;
  });
  return headers;
}

/** A value in nginx's quotes, in which nothing of it means anything. */
function quoted(value) {
  if (/["\\$\n]/.test(value)) throw new Error(`nginx would not take this header as it is: ${value}`);
  return `"${value}"`;
}

const directives = (path) =>
  [...headersAt(path, false)]
    .map(([name, value]) => `add_header ${name} ${quoted(value)} always;\n`)
    .concat(`add_header ${HSTS} $hsts always;\n`)
    .join('');

const folder = process.argv[2];
if (folder === undefined) throw new Error('Say into which folder the headers are to be written.');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'page-headers.conf'), directives('/'));
writeFileSync(join(folder, 'problem-headers.conf'), directives('/api/'));
const hsts = headersAt('/', true).get(HSTS);
writeFileSync(
  join(folder, 'hsts.conf'),
  `map $visitor_scheme $hsts {\n  https ${quoted(hsts)};\n  default "";\n}\n`,
);

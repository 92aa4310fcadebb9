import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';

import type { RequestHandler } from 'express';
import sirv from 'sirv';

/** Answered by the api and the sockets, never by a page. */
const NOT_PAGES = /^\/(api|socket\.io|metrics)(\/|$)/;

/** The page of every path that has none of its own in the build. */
const FALLBACK = '200.html';

/**
 * Serves the built web app: hashed files for ever, pages never from a cache, and the app for every other
 * path, so that a deep link works. Null where the app is not built.
 */
export function webApp(folder: string): RequestHandler | null {
  if (!existsSync(folder)) return null;
  const serve = sirv(folder, {
    single: FALLBACK,
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders: (response, path) => {
      const forEver = path.startsWith('/_app/immutable/');
      response.setHeader('Cache-Control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (request, response, next) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !NOT_PAGES.test(request.path);
    if (!isPage) return next();
    // sirv listens to no error of the file it streams: one that a new build has removed would end the process.
    response.once('pipe', (file: Readable) => file.once('error', () => response.destroy()));
    serve(request, response, next);
  };
}

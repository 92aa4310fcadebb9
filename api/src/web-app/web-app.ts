import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';

import type { RequestHandler } from 'express';
import sirv, { type Options } from 'sirv';

/** Answered by the api and the sockets, never by a page. */
const NOT_PAGES = /^\/(api|socket\.io|metrics)(\/|$)/;

/** A file that there is not is no page; what follows /tickets/ is never a file, whatever it looks like. */
const LIKE_A_FILE = /^(?!\/tickets\/).*(\.\w+$|\/\.well-known)/;

/** The page of every path that has none of its own in the build. */
const FALLBACK = '200.html';

/**
 * Serves the built web app: hashed files for ever, pages never from a cache, and the app for every other
 * path, so that a deep link works. Null where the app is not built.
 */
export function webApp(folder: string): RequestHandler | null {
  if (!existsSync(folder)) return null;
  const options: Options = {
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders: (response, path) => {
      const forEver = path.startsWith('/_app/immutable/');
      response.setHeader('Cache-Control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  };
  const file = sirv(folder, options);
  const page = sirv(folder, { ...options, single: FALLBACK, ignores: false });
  return (request, response, next) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !NOT_PAGES.test(request.path);
    if (!isPage) return next();
    // sirv listens to no error of the file it streams: one that a new build has removed would end the process.
    response.once('pipe', (source: Readable) => source.once('error', () => response.destroy()));
    (LIKE_A_FILE.test(request.path) ? file : page)(request, response, next);
  };
}

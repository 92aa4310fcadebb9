import { createHash } from 'node:crypto';

type Directives = Readonly<Record<string, readonly string[]>>;

/** What is no page loads nothing, runs nothing and is framed by nobody. */
export const DATA: Directives = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };

/** Swagger UI brings its own files; its styles are written into the page and set as attributes. */
export const API_PAGES: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/**
 * The web app's pages: files of the desk, and the very scripts that stand in its page, by their hashes. The page's
 * own `<meta>` says the same as far as a `<meta>` can, for where another server hands the page out.
 * @param page the built index.html
 */
export const appPages = (page: string): Directives => ({
  'default-src': ["'self'"],
  'script-src': ["'self'", ...inlineScriptHashes(page)],
  'style-src': ["'self'"],
  // Svelte's templates and what places menus write `style="…"`; an attribute can neither load nor run anything here.
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  // Browsers take the desk's own WebSocket as 'self', Safari from 15.4 on.
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
});

function inlineScriptHashes(page: string): string[] {
  return [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`,
  );
}

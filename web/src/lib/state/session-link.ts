/** The pages that are reached by a link whose fragment is a secret. */
const PAGES = /^\/(setup|reset-password|display)\/?$/;

let taken: string | undefined;

/**
 * Takes the secret of a link like `/display#SECRET` out of the address bar and the history. Called before
 * anything else of the app runs, and when only the fragment changes.
 */
export function takeLinkSecret(): void {
  const { pathname, search, hash } = location;
  if (!PAGES.test(pathname) || hash.length < 2) return;
  taken = decoded(hash.slice(1));
  history.replaceState(history.state, '', pathname + search);
}

/** The secret of the link that led here, once. Undefined: the page was opened without one. */
export function linkSecret(): string | undefined {
  const secret = taken;
  taken = undefined;
  return secret;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

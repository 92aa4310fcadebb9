import { updated } from '$app/state';

const CHECK_MS = 60_000;

/** Loads the page anew once another release is served: nobody is there to do it. Returns how to stop. */
export function followReleases(): () => void {
  const check = async () => {
    // Without an answer there is nothing to load either.
    const isNew = await updated.check().catch(() => false);
    if (isNew && (await canBeHad())) location.reload();
  };
  const timer = setInterval(() => void check(), CHECK_MS);
  return () => clearInterval(timer);
}

/** What stands before a server that starts answers for it: a page that says so would never load itself anew. */
async function canBeHad(): Promise<boolean> {
  try {
    const answer = await fetch(location.pathname, { cache: 'no-store', headers: { accept: 'text/html' } });
    return answer.ok;
  } catch {
    return false;
  }
}

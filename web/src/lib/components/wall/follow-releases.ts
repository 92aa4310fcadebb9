import { updated } from '$app/state';

const CHECK_MS = 60_000;

/** Loads the page anew once another release is served: nobody is there to do it. Returns how to stop. */
export function followReleases(): () => void {
  const check = async () => {
    // Without an answer there is nothing to load either.
    const isNew = await updated.check().catch(() => false);
    if (isNew) location.reload();
  };
  const timer = setInterval(() => void check(), CHECK_MS);
  return () => clearInterval(timer);
}

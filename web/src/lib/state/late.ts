/** A page that is never idle gets its parts all the same. */
const LATEST_MS = 1_000;
/** The network may come back; files that a release has taken away will not. */
const AGAIN_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 16_000];

const firstSight = Promise.withResolvers<void>();
let missing = 0;

/** What somebody came for is on the screen, or will not come. */
export const seen = (): void => firstSight.resolve();

/**
 * A part of the app that the first sight does without. It is fetched in an idle moment after that, so that it is
 * at hand when it is asked for, also without a connection by then, or after a release that has taken its file away.
 *
 * Once all are there, the document's element says so: `data-late="here"`.
 *
 * @param fetch imports it
 * @returns gives the part, fetched if need be; rejects when it cannot be, and may be asked again
 */
export function late<Part>(fetch: () => Promise<Part>): () => Promise<Part> {
  const give = counted(fetch);
  bring(give).catch(() => undefined);
  return give;
}

/** The same for a part that nobody asks for, since it shows itself: the part, once it is here. */
export const arrival = <Part>(fetch: () => Promise<Part>): Promise<Part> => bring(counted(fetch));

function counted<Part>(fetch: () => Promise<Part>): () => Promise<Part> {
  missing += 1;
  let isHere = false;
  return async () => {
    const part = await fetch();
    if (!isHere && (missing -= 1) === 0) document.documentElement.dataset.late = 'here';
    isHere = true;
    return part;
  };
}

async function bring<Part>(give: () => Promise<Part>): Promise<Part> {
  await firstSight.promise;
  for (const again of AGAIN_AFTER_MS) {
    await idle();
    try {
      return await give();
    } catch {
      await new Promise((resume) => setTimeout(resume, again));
    }
  }
  return give();
}

/** Safari before version 26 cannot say when it is idle. */
const idle = () =>
  new Promise<unknown>((resume) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(resume, { timeout: LATEST_MS });
    else setTimeout(resume);
  });

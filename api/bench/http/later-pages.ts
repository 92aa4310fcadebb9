import { CALLER } from '../server/caller.js';

const PAGES = 48;

/** Paths of pages far down the list, as the api's own `next` links name them. */
export async function laterPages(url: string): Promise<string[]> {
  const paths: string[] = [];
  const now = Date.now();
  for (let page = 1; page <= PAGES; page += 1) {
    const before = new Date(now - (page / (PAGES + 1)) * 700 * 86_400_000).toISOString();
    const answer = await fetch(`${url}/api/tickets?created_before=${before}`, { headers: CALLER });
    const first = (await answer.json()) as { next: string | null };
    if (first.next === null) continue;
    const next = new URL(first.next, url);
    // The cursor is good for the list without the bound too, which is the one to measure.
    next.searchParams.delete('created_before');
    paths.push(next.pathname + next.search);
  }
  return paths;
}

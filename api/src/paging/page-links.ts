/** The query parameters that lead to the pages beside one; null: there is none. */
export interface Neighbours {
  readonly next: Readonly<Record<string, string>> | null;
  readonly previous: Readonly<Record<string, string>> | null;
}

/** Paths with query of a page's neighbours, and the same as a `Link` header (RFC 8288). */
export interface PageLinks {
  readonly next: string | null;
  readonly previous: string | null;
  readonly header: string;
}

/** @param url the path with query that was asked for; its filters are kept */
export function pageLinks(url: string, { next, previous }: Neighbours): PageLinks {
  const [path = '', query = ''] = url.split('?', 2);
  const kept = new URLSearchParams(query);
  const numbered = kept.has('page');
  kept.delete('page');
  kept.delete('cursor');
  const to = (parameters: Readonly<Record<string, string>>) => {
    const all = new URLSearchParams([...kept, ...Object.entries(parameters)]);
    return all.size === 0 ? path : `${path}?${all.toString()}`;
  };
  const links = {
    next: next && to(next),
    prev: previous && to(previous),
    first: to(numbered ? { page: '1' } : {}),
  };
  const header = Object.entries(links)
    .flatMap(([rel, target]) => (target === null ? [] : [`<${target}>; rel="${rel}"`]))
    .join(', ');
  return { next: links.next, previous: links.prev, header };
}

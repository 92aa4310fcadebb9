import type { Me } from '#contract/session';

/** What is shown at an address: the page, another address instead, or a word on whom it is for. */
export type Access =
  { readonly kind: 'show' } | { readonly kind: 'forbidden' } | { readonly kind: 'go'; readonly to: string };

/** What is read of a `URL`; a page's own cannot be written. */
interface Address {
  readonly pathname: string;
  readonly search: string;
  readonly searchParams: { get(name: string): string | null };
}

const SHOW: Access = { kind: 'show' };
/** Where links lead that were given to somebody: open to everybody, whoever they are. */
const LINKS: ReadonlySet<string> = new Set(['/setup', '/reset-password', '/display']);

/** Who may see what. The server decides on its own; this saves people from pages that would only fail. */
export function accessTo({ pathname, search, searchParams }: Address, me: Me): Access {
  const path = pathname.replace(/\/+$/, '') || '/';
  if (LINKS.has(path)) return SHOW;
  switch (me.kind) {
    case 'display':
      return path === '/wall' || path === '/sign-in' ? SHOW : { kind: 'go', to: '/wall' };
    case 'person':
      if (path === '/sign-in') return { kind: 'go', to: ownPath(searchParams.get('next')) };
      return isAdministration(path) && me.person?.role !== 'admin' ? { kind: 'forbidden' } : SHOW;
    default:
      if (path === '/sign-in' || (path === '/submit' && me.public_intake)) return SHOW;
      return { kind: 'go', to: signInPath(`${pathname}${search}`) };
  }
}

/** The page to sign in at, from which one comes back to `next`. */
export const signInPath = (next: string): string =>
  next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;

/**
 * `next` where it is an address within this desk, else `/`: a link to our sign-in page must not lead people
 * to somebody else's.
 */
export function ownPath(next: string | null): string {
  const here = 'http://desk.invalid';
  if (next === null || !next.startsWith('/') || !URL.canParse(next, here)) return '/';
  const { origin, pathname, search, hash } = new URL(next, here);
  if (origin !== here || pathname.startsWith('//') || pathname.startsWith('/sign-in')) return '/';
  return `${pathname}${search}${hash}`;
}

const isAdministration = (path: string): boolean => path === '/admin' || path.startsWith('/admin/');

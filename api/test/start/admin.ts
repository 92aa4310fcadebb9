import { signInByPassword } from '../support/sign-in.js';

/** Settings that make the administrator of a new desk. */
export const ADMIN = { ADMIN_EMAIL: 'root@example.com', ADMIN_PASSWORD: 'a long enough password' } as const;

const signedIn = new Map<string, Promise<Record<string, string>>>();

/** Headers of that administrator, who signs in once a desk. */
export function adminOf(url: string): Promise<Record<string, string>> {
  const known =
    signedIn.get(url) ?? signInByPassword(url, { email: ADMIN.ADMIN_EMAIL, password: ADMIN.ADMIN_PASSWORD });
  signedIn.set(url, known);
  return known;
}

import type { Invitation } from '#contract/people';
import type { Me } from '#contract/session';

/** Who can sign in. */
export interface Login {
  readonly email: string;
  readonly password: string;
}

/** Made by the settings that the desk is started with. */
export const ADMIN: Login = { email: 'agent@desk.test', password: 'tests sign in with this' };

/** A person's session: who it is, and the cookie as a `Cookie` header has it. */
export interface SignedIn extends Login {
  readonly id: string;
  readonly name: string;
  readonly cookie: string;
}

/** What a browser's own page sends with a write: the desk takes cookies from no other. */
const SAME_ORIGIN = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };

/** A call of the desk, by a person's cookie or nobody's. Throws when it is refused. */
export async function call(
  url: string,
  { method = 'POST', cookie, body }: { method?: string; cookie?: string; body?: unknown },
): Promise<Response> {
  const response = await fetch(url, {
    method,
    headers: { ...SAME_ORIGIN, ...(cookie === undefined ? {} : { cookie }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  return response;
}

export async function signIn(desk: string, { email, password }: Login): Promise<SignedIn> {
  const response = await call(`${desk}/api/auth/sign-in/email`, { body: { email, password } });
  const { person } = (await response.json()) as Me;
  const cookie = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  return { email, password, id: person!.id, name: person!.name, cookie: cookie.join('; ') };
}

/** Invites somebody as an administrator does, and signs them in as they do. */
export async function hire(
  desk: string,
  admin: SignedIn,
  person: { name: string; email: string; role: 'agent' | 'admin' },
): Promise<SignedIn> {
  const invited = await call(`${desk}/api/people`, { cookie: admin.cookie, body: person });
  const { link } = (await invited.json()) as Invitation;
  const password = `${person.email} signs in`;
  const token = new URL(link.url).hash.slice(1);
  await call(`${desk}/api/auth/reset-password`, { body: { token, password } });
  return signIn(desk, { email: person.email, password });
}

/** A `Cookie` header as a browser's cookies on `localhost`, whatever the port. */
export const cookiesOf = ({ cookie }: SignedIn) =>
  cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
    return {
      name,
      value,
      domain: 'localhost',
      path: '/',
      expires: -1,
      httpOnly: true,
      secure: false,
      sameSite: 'Lax' as const,
    };
  });

import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const CLIENT = { id: 'signalbox', secret: 'the-secret-of-the-client' };

/** Who is at the provider's own sign-in page; what they claim to be. */
export interface Claims {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** An OpenID provider on the loopback, at which somebody is always signed in. */
export interface FakeOidc {
  /** To be used as OIDC_ISSUER. */
  readonly issuer: string;
  is(claims: Claims): void;
  /** Signs what follows with a key that its keys do not have, or with its own again. */
  forge(forging: boolean): void;
  stop(): Promise<void>;
}

/** @param port a free one when it is left out */
export async function startFakeOidc(port = 0): Promise<FakeOidc> {
  const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const key = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, URLSearchParams>();
  let claims: Claims = { sub: 'nobody' };
  let forging = false;
  let issuer = '';

  const send = (response: ServerResponse, body: object, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  const token = async (request: IncomingMessage, response: ServerResponse) => {
    const body = new URLSearchParams(await text(request));
    const asked = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const proven =
      asked?.get('code_challenge') === challenge &&
      asked.get('redirect_uri') === body.get('redirect_uri') &&
      body.get('client_id') === CLIENT.id &&
      body.get('client_secret') === CLIENT.secret;
    if (asked === undefined || !proven) return send(response, { error: 'invalid_grant' }, 400);
    const idToken = await new SignJWT({ ...claims, nonce: asked.get('nonce') })
      .setProtectedHeader({ alg: 'RS256', kid: 'own' })
      .setIssuer(issuer)
      .setAudience(CLIENT.id)
      .setIssuedAt()
      .setExpirationTime('5 minutes')
      .sign((forging ? foreign : own).privateKey);
    return send(response, {
      access_token: 'access',
      token_type: 'Bearer',
      expires_in: 300,
      id_token: idToken,
    });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', issuer);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return send(response, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          token_endpoint_auth_methods_supported: ['client_secret_post'],
        });
      case '/keys':
        return send(response, { keys: [key] });
      case '/token':
        return token(request, response);
      case '/userinfo':
        return send(response, claims);
      case '/authorize': {
        const code = randomUUID();
        codes.set(code, url.searchParams);
        const back = new URL(url.searchParams.get('redirect_uri')!);
        back.search = new URLSearchParams({ code, state: url.searchParams.get('state')! }).toString();
        return response.writeHead(302, { location: back.href }).end();
      }
      default:
        return response.writeHead(404).end();
    }
  };

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    is: (next) => (claims = next),
    forge: (next) => (forging = next),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';

import { ENVIRONMENT, type Environment } from '../config/environment.js';

/** The longest that any one request to the provider takes, in seconds. */
const TIMEOUT_S = 10;

/** What the browser keeps while it is at the provider: it proves that who comes back is who left. */
export interface OidcAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Somebody, as the provider vouches for them. */
export interface OidcSubject {
  readonly issuer: string;
  /** Stays the same whatever else of them changes. */
  readonly subject: string;
  /** In lower case; null: none that the provider has verified. */
  readonly email: string | null;
}

/** The single sign-on of OIDC_ISSUER: the authorization code flow with PKCE (OpenID Connect Core 1.0, RFC 7636). */
@Injectable()
export class OidcProvider {
  #configuration: Promise<oidc.Configuration> | null = null;

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  get isSet(): boolean {
    return this.environment.OIDC_ISSUER !== undefined;
  }

  /**
   * Where to send the browser, and what it must bring back.
   * @param redirectUri where the provider sends it afterwards
   * @throws when the provider cannot be reached
   */
  async begin(redirectUri: string): Promise<{ url: URL; attempt: OidcAttempt }> {
    const configuration = await this.#discovered();
    const attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { url, attempt };
  }

  /**
   * @param url that the provider sent the browser to, whole
   * @throws when it was refused, forged, made for another attempt, or the provider cannot be reached
   */
  async finish(url: URL, { state, nonce, verifier }: OidcAttempt): Promise<OidcSubject> {
    const configuration = await this.#discovered();
    const tokens = await oidc.authorizationCodeGrant(configuration, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    const { email, email_verified: verified } =
      claims.email === undefined
        ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : claims;
    return {
      issuer: claims.iss,
      subject: claims.sub,
      email: verified === true && typeof email === 'string' ? email.trim().toLowerCase() : null,
    };
  }

  /** Asked for at the first sign-in, and again after a failure: the provider may be away when the desk starts. */
  #discovered(): Promise<oidc.Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      this.#configuration = null;
      throw error;
    });
    return this.#configuration;
  }

  #discover(): Promise<oidc.Configuration> {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = this.environment;
    const issuer = new URL(OIDC_ISSUER!);
    return oidc.discovery(issuer, OIDC_CLIENT_ID!, OIDC_CLIENT_SECRET, undefined, {
      timeout: TIMEOUT_S,
      execute: [
        // Signatures too, although the tokens come from the provider itself.
        oidc.enableNonRepudiationChecks,
        ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
      ],
    });
  }
}

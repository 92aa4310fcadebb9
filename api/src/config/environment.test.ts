import { describe, expect, it } from '@jest/globals';

import { readEnvironment } from './environment.js';

const OIDC = {
  OIDC_ISSUER: 'https://id.example.com/realm',
  OIDC_CLIENT_ID: 'signalbox',
  OIDC_CLIENT_SECRET: 'a-secret-of-the-client',
};

describe('readEnvironment', () => {
  it('takes the single sign-on as a whole or not at all', () => {
    expect(readEnvironment({}).OIDC_ISSUER).toBeUndefined();
    expect(readEnvironment(OIDC)).toMatchObject({ ...OIDC, OIDC_NAME: 'single sign-on' });
    for (const name of Object.keys(OIDC)) {
      expect(() => readEnvironment({ ...OIDC, [name]: '' })).toThrow(
        /^Bad setting: OIDC_ISSUER: must be set/,
      );
    }
  });

  it('never repeats a value that it refuses', () => {
    expect(() => readEnvironment({ ...OIDC, OIDC_ISSUER: 'ftp://user:secret@id.example.com' })).toThrow(
      /^Bad setting: OIDC_ISSUER: must be an http or https URL$/,
    );
  });

  it('takes the password of Redis from one place', () => {
    const REDIS_PASSWORD = 'p@ss:w/rd #%20';
    expect(readEnvironment({ REDIS_URL: 'redis://redis:6379', REDIS_PASSWORD })).toMatchObject({
      REDIS_PASSWORD,
    });
    for (const REDIS_URL of ['', 'redis://:secret@redis:6379'])
      expect(() => readEnvironment({ REDIS_URL, REDIS_PASSWORD })).toThrow(
        /^Bad setting: REDIS_PASSWORD: must be set together with a REDIS_URL that has no password$/,
      );
    expect(() => readEnvironment({ REDIS_URL: 'nowhere', REDIS_PASSWORD })).toThrow(
      /^Bad setting: REDIS_URL: must be a URL like/,
    );
  });
});

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
});

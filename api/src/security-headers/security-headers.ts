import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RequestHandler } from 'express';
import helmet from 'helmet';

import { API_PAGES, appPages, DATA } from './content-policies.js';

const API_PAGES_PATH = /^\/api\/docs(\/|$)/i;
const DATA_PATH = /^\/(api|socket\.io|metrics)(\/|$)/i;
/** What nothing of ours asks a browser for. */
const NO_FEATURES = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'hid', 'midi']
  .map((feature) => `${feature}=()`)
  .join(', ');
const HSTS_SECONDS = 365 * 86_400;

const policy = (directives: Readonly<Record<string, readonly string[]>>): RequestHandler =>
  helmet.contentSecurityPolicy({ useDefaults: false, directives });

/**
 * What browsers are to forbid each answer, whoever gives it. HSTS only over TLS: over plain HTTP it means nothing.
 * @param webFolder of the built web app; its page is read once, as its files are
 */
export function securityHeaders(webFolder: string): RequestHandler {
  const index = join(webFolder, 'index.html');
  const ofPages = policy(appPages(existsSync(index) ? readFileSync(index, 'utf8') : ''));
  const ofApiPages = policy(API_PAGES);
  const ofData = policy(DATA);
  const common = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  const overTls = helmet.strictTransportSecurity({ maxAge: HSTS_SECONDS, includeSubDomains: false });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', NO_FEATURES);
    if (request.secure) overTls(request, response, () => undefined);
    common(request, response, () => undefined);
    if (API_PAGES_PATH.test(request.path)) ofApiPages(request, response, next);
    else if (DATA_PATH.test(request.path)) {
      // What somebody may see is theirs, and may have changed.
      response.setHeader('Cache-Control', 'private, no-cache');
      ofData(request, response, next);
    } else ofPages(request, response, next);
  };
}

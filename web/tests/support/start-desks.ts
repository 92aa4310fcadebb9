import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { FullConfig } from '@playwright/test';

import { CLIENT, startFakeOidc } from '../../../api/test/support/fake-oidc.js';
import { startProcess, type DeskProcess } from './desk-process.js';
import { startModel } from './model.js';
import { ADMIN } from './people.js';

const SCRIPT = process.env.E2E_API ?? 'main.js';

/** Starts a desk for each worker, with a single sign-on that knows the administrator. Returns how to end them. */
export default async function startDesks({ workers }: FullConfig): Promise<() => Promise<void>> {
  const [model, provider] = await Promise.all([startModel(), startFakeOidc()]);
  provider.is({ sub: 'the administrator', email: ADMIN.email, email_verified: true });
  const settings = {
    EVENT_RETENTION_DAYS: '30',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_NAME: 'Example ID',
  };
  const desks = await Promise.all(Array.from({ length: workers }, () => startDesk(model.url, settings)));
  process.env.E2E_DESKS = desks.map(({ url }) => url).join();
  process.env.E2E_DATABASES = JSON.stringify(desks.map(({ database }) => database));
  return async () => {
    await Promise.all(desks.map(({ stop }) => stop()));
    await provider.stop();
    model.close();
  };
}

/** A desk on data of its own, with its database for those who write to it past the app. */
export interface OwnDesk extends DeskProcess {
  /** As pg wants it. */
  readonly database: { readonly host: string; readonly user: string; readonly database: string };
}

/** Starts the built app on data of its own. @param settings what its environment has beside */
export async function startDesk(
  modelUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnDesk> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-e2e-'));
  // PostgreSQL runs as another user when we are root, and must get in.
  await chmod(folder, 0o755);
  const data = join(folder, 'data');
  const { url, stop } = await startProcess(SCRIPT, modelUrl, {
    DATA_DIR: data,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    ...settings,
  });
  return {
    url,
    database: { host: join(data, 'postgres/run'), user: 'signalbox', database: 'signalbox' },
    stop: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

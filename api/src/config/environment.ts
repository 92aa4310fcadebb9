import { z } from 'zod';

import { PASSWORD_MAX, PASSWORD_MIN } from '../contract/values.js';
import { parseTrustProxy } from './trust-proxy.js';

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankIsAbsent, schema.optional());
const whole = (min: number, max: number, fallback: number) =>
  z.preprocess(
    blankIsAbsent,
    z
      .string()
      .regex(/^\d+$/, 'must be a whole number')
      .transform(Number)
      .pipe(z.number().min(min).max(max))
      .default(fallback),
  );

/** Absent: for ever. */
const days = optional(
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number of days')
    .transform(Number)
    .pipe(z.number().min(1).max(36_500)),
);

const yes = (fallback: boolean) =>
  z.preprocess(
    blankIsAbsent,
    z
      .enum(['true', 'false', '1', '0', 'on', 'off'])
      .transform((value) => ['true', '1', 'on'].includes(value))
      .default(fallback),
  );
const origin = z
  .url({ protocol: /^https?$/, error: 'must be an origin like https://desk.example.com' })
  .refine((url) => URL.canParse(url) && new URL(url).origin === url, 'must have no path');
const origins = z.preprocess(
  blankIsAbsent,
  z
    .string()
    .transform((list) => list.split(',').map((part) => part.trim()))
    .pipe(z.array(origin))
    .default([]),
);

const trustProxy = z.string().transform((text, context) => {
  try {
    return parseTrustProxy(text);
  } catch {
    context.addIssue('must be true, how many proxies there are, or a list of their networks');
    return z.NEVER;
  }
});

const schema = z
  .object({
    PORT: whole(0, 65_535, 3000),
    HOST: optional(z.string()),
    PUBLIC_URL: optional(origin),
    DATABASE_URL: optional(
      z.url({
        protocol: /^postgres(ql)?$/,
        error: 'must be a URL like postgres://user:password@host:5432/name',
      }),
    ),
    DATA_DIR: z.preprocess(blankIsAbsent, z.string().default('.data')),
    LOG_LEVEL: z.preprocess(
      blankIsAbsent,
      z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    ),
    METRICS_TOKEN: optional(
      z.string().regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 visible characters'),
    ),
    ADMIN_EMAIL: optional(z.email('must be an e-mail address').transform((value) => value.toLowerCase())),
    ADMIN_PASSWORD: optional(
      z.string().min(PASSWORD_MIN, `must have at least ${PASSWORD_MIN} characters`).max(PASSWORD_MAX),
    ),
    PUBLIC_INTAKE: yes(true),
    CORS_ORIGINS: origins,
    TRUST_PROXY: optional(trustProxy),
    REDIS_URL: optional(
      z.url({ protocol: /^rediss?$/, error: 'must be a URL like redis://user:password@host:6379' }),
    ),
    REDIS_PASSWORD: optional(z.string()),
    RATE_LIMIT_SIGN_IN: whole(1, 1_000_000, 10),
    RATE_LIMIT_CREATE: whole(1, 1_000_000, 10),
    RATE_LIMIT_CLASSIFY: whole(1, 1_000_000, 20),
    RATE_LIMIT_TOKEN: whole(1, 1_000_000, 1_000),
    RATE_LIMIT_SOCKETS: whole(1, 1_000_000, 500),
    RATE_LIMIT_FRAMES: whole(1, 100_000, 20),
    OIDC_ISSUER: optional(z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })),
    OIDC_CLIENT_ID: optional(z.string()),
    OIDC_CLIENT_SECRET: optional(z.string()),
    OIDC_NAME: z.preprocess(blankIsAbsent, z.string().max(100).default('single sign-on')),
    OPENAI_API_KEY: optional(z.string()),
    OPENAI_BASE_URL: optional(z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })),
    OPENAI_MODEL: optional(z.string()),
    GEMINI_API_KEY: optional(z.string()),
    GEMINI_MODEL: optional(z.string()),
    CLASSIFY_TIMEOUT_MS: whole(100, 60_000, 5_000),
    FEED_WINDOW_DAYS: whole(1, 3_650, 7),
    FEED_WINDOW_EVENTS: whole(1_000, 1_000_000_000, 5_000_000),
    EVENT_RETENTION_DAYS: days,
    AUDIT_RETENTION_DAYS: days,
  })
  .refine((settings) => (settings.ADMIN_EMAIL === undefined) === (settings.ADMIN_PASSWORD === undefined), {
    path: ['ADMIN_PASSWORD'],
    message: 'must be set together with ADMIN_EMAIL',
  })
  .refine(
    ({ REDIS_URL, REDIS_PASSWORD }) =>
      REDIS_PASSWORD === undefined || (REDIS_URL !== undefined && !URL.parse(REDIS_URL)?.password),
    { path: ['REDIS_PASSWORD'], message: 'must be set together with a REDIS_URL that has no password' },
  )
  .refine(
    ({ EVENT_RETENTION_DAYS: kept, FEED_WINDOW_DAYS: window }) => kept === undefined || kept >= window,
    { path: ['EVENT_RETENTION_DAYS'], message: 'must not be below FEED_WINDOW_DAYS' },
  )
  .refine(
    ({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }) =>
      new Set([OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET].map((value) => value === undefined)).size ===
      1,
    {
      path: ['OIDC_ISSUER'],
      message: 'must be set together with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET',
    },
  );

/** The settings as the process was started with, checked; names are those of the environment. */
export type Environment = z.infer<typeof schema>;

/** Injection token of the checked settings. */
export const ENVIRONMENT = Symbol('Environment');

/** A setting that cannot be used. The message is one line and never repeats a secret's value. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads and checks all settings at once.
 * @throws EnvironmentError that names each bad setting and what it must be
 */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new EnvironmentError(`Bad setting: ${faults.join('; ')}`);
}

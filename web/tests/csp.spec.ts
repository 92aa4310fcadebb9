import type { BrowserContext, Page } from '@playwright/test';

import { expect, fieldOf, open, rowOf, test } from './support/desk.js';

const PAGES = ['tickets', 'people', 'tokens', 'displays', 'classification', 'events', 'audit', 'health'].map(
  (page) => `/admin/${page}`,
);

/** Collects what the policy forbids in pages of a context, from each page's first moment on. */
async function violationsIn(context: BrowserContext): Promise<string[]> {
  const violations: string[] = [];
  await context.exposeFunction('tellViolation', (violation: string) => violations.push(violation));
  await context.addInitScript(() => {
    addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
        const tell = (globalThis as unknown as { tellViolation: (text: string) => void }).tellViolation;
        tell(`${effectiveDirective} ${blockedURI} on ${location.pathname} (${sourceFile}:${lineNumber})`);
      },
    );
  });
  return violations;
}

/** What was forbidden is told in a task of its own: after two frames all of it has come. */
const settle = (page: Page) =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

test('the desk runs under its policy', async ({ page, context, api, word }) => {
  // A walk through every screen.
  test.slow();
  const violations = await violationsIn(context);
  const ticket = await api.create({ title: `Under the policy ${word}`, priority: 'high' });
  await open(page, '/');
  for (const field of ['status', 'priority', 'category'] as const) {
    await fieldOf(rowOf(page, ticket), field).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'Theme' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await open(page, `/tickets/${ticket.id}`);
  await expect(page.getByTestId('history')).toContainText('submitted the ticket');
  await open(page, '/submit');
  await page.getByLabel('Title').fill('Charged twice');
  await page.getByLabel('Description').fill('I was charged twice for one invoice.');
  await expect(page.getByTestId('suggestion')).toHaveAttribute('data-phase', 'given');
  await page.getByRole('button', { name: 'Submit ticket' }).click();
  await expect(page.getByRole('button', { name: 'Submit ticket' })).toBeHidden();
  await open(page, '/account');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog'))).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goto('/admin/displays');
  await page.getByRole('button', { name: 'New display' }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  for (const path of PAGES) {
    await open(page, path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByTestId('skeleton')).toHaveCount(0);
    await settle(page);
  }
  await page.goto('/wall');
  await expect(page.getByTestId('freshness')).toHaveAttribute('data-look', 'live');
  await settle(page);
  await page.goto('/no/such/page');
  await expect(page.getByRole('alert')).toContainText('This page does not exist');
  await settle(page);
  expect(violations).toEqual([]);
});

test('the door runs under its policy', async ({ visitor }) => {
  const violations = await violationsIn(visitor.context());
  for (const path of ['/sign-in', '/submit', '/setup', '/reset-password', '/display']) {
    await visitor.goto(path);
    await expect(visitor.getByRole('heading').first()).toBeVisible();
    await settle(visitor);
  }
  expect(violations).toEqual([]);
});

test('the description of the api runs under its own policy', async ({ page, context }) => {
  const violations = await violationsIn(context);
  await page.goto('/api/docs');
  await page.locator('.opblock-summary').first().click();
  await expect(page.locator('.opblock-body').first()).toBeVisible();
  await settle(page);
  expect(violations).toEqual([]);
});

test.describe('what somebody smuggles in', () => {
  test.use({ tolerated: /Content Security Policy|net::ERR|Refused to/ });

  test('does not run, and is told', async ({ page, context }) => {
    const violations = await violationsIn(context);
    await open(page, '/');
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken"';
      document.body.append(script);
      const holder = document.createElement('div');
      holder.innerHTML = '<img src="data:," onerror="document.title = \'taken\'">';
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(holder, style, frame);
    });
    for (const directive of ['script-src-elem', 'script-src-attr', 'style-src-elem', 'frame-src']) {
      await expect.poll(() => violations.some((violation) => violation.startsWith(directive))).toBe(true);
    }
    await expect(page.locator('body')).toBeVisible();
    expect(await page.title()).not.toBe('taken');
  });
});

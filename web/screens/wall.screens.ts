import type { Page } from '@playwright/test';

import { expect } from '../tests/support/desk.js';
import { FakeFeed } from '../tests/support/fake-feed.js';
import { statsOf, wallOf } from '../tests/support/wall-fixture.js';
import { screen } from './screen.js';

const live = (page: Page) => expect(page.getByTestId('freshness')).toHaveAttribute('data-look', 'live');

for (const layout of ['overview', 'figures', 'lists']) {
  screen(`wall: ${layout}`, async ({ page, snap }) => {
    for (const theme of ['light', 'dark']) {
      await page.goto(`/wall?layout=${layout}&theme=${theme}`);
      await live(page);
      await snap(`wall-${layout}-${theme}`);
    }
  });
}

screen('wall of an empty desk', async ({ nothing, snap }) => {
  await nothing.goto('/wall');
  await live(nothing);
  await snap('wall-empty', nothing);
});

screen('wall of a busy desk, and with old figures', async ({ page, snap }) => {
  const feed = await FakeFeed.of(page, statsOf);
  await page.route('**/api/wall', (route) => route.fulfill({ json: wallOf(feed.cursor, Date.now()) }));
  await page.clock.install();
  await page.goto('/wall');
  await live(page);
  await snap('wall-busy');
  feed.isReading = false;
  await page.clock.fastForward('02:00');
  await expect(page.getByTestId('freshness')).toHaveAttribute('data-look', 'old');
  await snap('wall-old');
  feed.close();
});

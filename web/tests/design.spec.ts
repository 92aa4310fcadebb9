import { expect, test } from './support/desk.js';

test('where the desk runs, there is no page of primitives', async ({ page }) => {
  await page.goto('/design');
  await expect(page.getByRole('alert')).toContainText('This page does not exist');
});

import { expect, open } from '../tests/support/desk.js';
import { rewrite, say, writer } from '../tests/support/talk.js';
import { screen } from './screen.js';

screen('ticket', async ({ page, shoot, colleague, api }) => {
  const { results } = await api.list('status=resolved&page_size=1');
  const [ticket] = results;
  await open(colleague.page, `/tickets/${ticket!.id}`);
  await open(page, `/tickets/${ticket!.id}`);
  await expect(page.getByTestId('description')).not.toBeEmpty();
  await expect(page.getByTestId('faces').first()).toBeVisible();
  await shoot('ticket');
  const tab = page.getByRole('button', { name: 'History', exact: true });
  if (await tab.isVisible()) await tab.click();
  await page
    .getByTestId('history')
    .locator('visible=true')
    .getByText('submitted the ticket')
    .scrollIntoViewIfNeeded();
  await shoot('ticket-history');
});

screen('ticket at work', async ({ page, shoot, colleague, api }) => {
  const ticket = await api.create({
    title: 'Cannot download the invoice of May',
    description: 'The button does nothing. Firefox and Chrome alike; June works.',
    category: 'billing',
    priority: 'medium',
  });
  await say(colleague.api, ticket, 'Looks like the file of May was never rendered.', true);
  await say(colleague.api, ticket, 'Thank you for telling us. We are having a look.');
  await open(page, `/tickets/${ticket.id}`);
  await page.locator('main [data-field="assignee"]').click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await shoot('ticket-assignee');
  await page.keyboard.press('Escape');
  await (await writer(page, 'Internal note')).fill('Rendered again, please check before I answer.');
  await shoot('ticket-note');
  await rewrite(page, 'description');
  await page.keyboard.type(' (The customer wrote again.)');
  await colleague.api.patch(ticket.id, {
    description: 'The button does nothing. Firefox and Chrome alike; June works, April too.',
  });
  await expect(page.getByTestId('conflict')).toBeVisible();
  await shoot('ticket-conflict');
  await colleague.api.send('POST', `/api/tickets/${ticket.id}/claim`);
});

screen('ticket that is not there', async ({ page, shoot }) => {
  await page.goto('/tickets/999999');
  await expect(page.getByRole('alert')).toBeVisible();
  await shoot('ticket-missing');
});

screen('ticket that does not come', async ({ page, shoot }) => {
  await page.route('**/api/tickets/1', () => undefined);
  await page.goto('/tickets/1');
  await expect(page.locator('main [aria-busy=true]')).toBeVisible();
  await shoot('ticket-loading');
});

import { expect, open, rowOf } from '../tests/support/desk.js';
import { screen } from './screen.js';

const SCREENS = [
  'tickets',
  'people',
  'tokens',
  'displays',
  'classification',
  'events',
  'audit',
  'health',
] as const;

for (const name of SCREENS) {
  screen(`admin: ${name}`, async ({ page, shoot, api }, { project }) => {
    const place = `${project.name} ${name}`;
    if (name === 'tokens') await api.send('POST', '/api/tokens', { name: place, scopes: ['tickets:read'] });
    if (name === 'displays') await api.send('POST', '/api/displays', { name: place });
    await open(page, `/admin/${name}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByTestId('skeleton')).toHaveCount(0);
    await shoot(`admin-${name}`);
  });
}

screen('admin: a person', async ({ page, shoot }) => {
  await open(page, '/admin/people');
  await page.getByRole('button', { name: 'Actions for Grace Whitfield' }).click();
  await shoot('admin-people-menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
  await expect(page.getByText('Enter a name.')).toBeVisible();
  await shoot('admin-people-invite');
});

screen('admin: a new display', async ({ page, shoot }) => {
  await open(page, '/admin/displays');
  await page
    .getByRole('button', { name: /display/i })
    .first()
    .click();
  await shoot('admin-displays-new');
});

screen('admin: deleting tickets', async ({ page, shoot, api }) => {
  const ticket = await api.create({ title: 'A ticket made by mistake' });
  await open(page, `/admin/tickets?search=mistake`);
  await expect(rowOf(page, ticket)).toBeVisible();
  await rowOf(page, ticket).getByRole('checkbox').check();
  await shoot('admin-tickets-selected');
  await page
    .getByRole('button', { name: /delete/i })
    .last()
    .click();
  await shoot('admin-tickets-delete');
  await page.keyboard.press('Escape');
});

screen('admin: nothing there yet', async ({ nothing, shoot }) => {
  for (const name of ['tickets', 'tokens', 'displays']) {
    await open(nothing, `/admin/${name}`);
    await expect(nothing.getByTestId('skeleton')).toHaveCount(0);
    await shoot(`admin-${name}-empty`, nothing);
  }
});

import { describeWithDaemon, diagnose, expect, field, step, test, verdictCard } from './journey.ts';

describeWithDaemon('a real pull through the daemon', () => {
  test('shows its progress while it runs, and stands among the attempts', async ({ page, host }) => {
    await page.goto('/diagnose');
    await page.getByRole('button', { name: 'Options' }).click();
    await page.getByLabel('Also pull through the daemon').check();
    await field(page).fill(host.image('slow'));
    await page.getByRole('button', { name: 'Diagnose', exact: true }).click();

    const progress = page.getByRole('progressbar', { name: 'Pull' });
    await expect(progress).toBeVisible();
    await expect.poll(() => progress.getAttribute('value').then(Number)).toBeGreaterThan(0);
    const layers = page.getByRole('list', { name: 'Layers' }).getByRole('listitem');
    await expect(layers.filter({ hasText: 'downloading' }).first()).toContainText(/ of \d/);
    await expect(page.getByText(/ of 1 layer, .*\/s/)).toBeVisible();
    const early = Number(await progress.getAttribute('value'));
    await expect.poll(() => progress.getAttribute('value').then(Number)).toBeGreaterThan(early);

    await expect(verdictCard(page).getByText('Pulls', { exact: true })).toBeVisible({ timeout: 15_000 });
    await expect(step(page, 'Pull')).toHaveAttribute('data-state', 'done');
    await page.goto('/history');
    const first = page.getByRole('table', { name: 'Pull attempts' }).getByRole('row').nth(1);
    await expect(first).toContainText('/team/slow');
    await expect(first).toContainText('Pulled');
  });

  test('shows what no question to the registry shows, in the words of the daemon', async ({ page, host }) => {
    await diagnose(page, host.image('layer damaged'));
    await expect(verdictCard(page).getByText('Pulls', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Also pull through the daemon' }).click();
    await expect(step(page, 'Pull')).toHaveAttribute('data-state', 'failed', { timeout: 15_000 });
    await expect(step(page, 'Pull')).toContainText(/verification failed|digest/);
    await expect(verdictCard(page).getByText('Pulls', { exact: true })).toHaveCount(0);
  });
});

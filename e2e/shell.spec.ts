import { describeInBrowser, expect, signedOut, step, test } from './journey.ts';

describeInBrowser('the frame around the pages', () => {
  test('a chosen theme comes with the page itself after a reload', async ({ page }) => {
    await page.goto('/');
    const toggle = page.getByRole('button', { name: /^Theme: / });
    await toggle.click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await toggle.click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const served = await page.reload();
    // in the HTML and not set by a script: so no frame is drawn in the other theme
    expect(await served?.text()).toMatch(/<html [^>]*data-theme="dark"/);
    await expect(page.getByRole('button', { name: 'Theme: dark. Change it' })).toBeVisible();
    await page.keyboard.press('Shift+T');
    await expect(page.locator('html')).not.toHaveAttribute('data-theme');
    const again = await page.reload();
    expect(await again?.text()).not.toContain('data-theme');
  });

  test('the keyboard leads everywhere, and its list says how', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await expect(page).toHaveURL(/\/history$/);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('d');
    await expect(page).toHaveURL(/\/diagnose$/);
    await expect(page.getByRole('textbox').first()).toBeFocused();
  });

  test('an address without a page says so and leads on', async ({ page }) => {
    await page.goto('/no/such/page');
    await expect(page.getByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'Pull history' }).click();
    await expect(page).toHaveURL(/\/history$/);
  });

  test('what a page shows is kept fresh by events of the server', async ({ page, host, request }) => {
    await page.goto('/history?list=diagnoses');
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    const started = await request.post('/api/v1/diagnoses?wait=20', { data: { input: host.image('chart') } });
    const { id } = await started.json();
    await expect(page.locator(`a[href="/diagnose/${id}"]`)).toBeVisible();
  });
});

describeInBrowser('a server that is lost', () => {
  test.use(signedOut);

  test('cuts a running diagnosis off, says so, and the page goes on when it is back', async ({
    page,
    host,
    ownServer,
  }) => {
    await page.goto(ownServer.link);
    await page.getByRole('link', { name: 'Diagnose', exact: true }).first().click();
    await page.getByRole('textbox').first().fill(host.image('hangs'));
    await page.getByRole('textbox').first().press('Enter');
    await expect(step(page, 'Manifest')).toHaveAttribute('data-state', 'running');
    await ownServer.stop();
    await expect(page.getByRole('heading', { level: 1, name: 'The diagnosis was cut off' })).toBeVisible();
    await expect(page.getByText('stopped answering after step 9')).toBeVisible();
    await expect(page.getByText(/Reconnecting/)).toBeVisible();

    const again = await host.start(ownServer);
    await page.getByRole('button', { name: 'Try now' }).click();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: 'The diagnosis was cut off' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Diagnose again' })).toBeEnabled();
    await again.stop();
  });

  test('leaves what was known on the page, with its time, and reconnects by itself', async ({
    page,
    host,
    ownServer,
  }) => {
    await page.clock.install();
    await page.goto(ownServer.link);
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    // all of it, with the parts that load after it
    await expect(page.getByRole('heading', { name: /^Docker daemon/ })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await ownServer.stop();
    await expect(page.getByRole('alert').filter({ hasText: 'Connection lost' })).toBeAttached();
    // a blink is not worth a banner: it comes after five seconds
    await expect(page.getByText('The Pull Doctor server does not answer.', { exact: true })).toHaveCount(0);
    await page.clock.fastForward(6_000);
    await expect(page.getByText('The Pull Doctor server does not answer.', { exact: true })).toBeVisible();
    await expect(page.getByText(/This is what was known at \d\d:\d\d/)).toBeVisible();
    const again = await host.start(ownServer);
    await page.clock.fastForward(15_000);
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await expect(page.getByText('The Pull Doctor server does not answer.', { exact: true })).toHaveCount(0);
    await again.stop();
  });
});

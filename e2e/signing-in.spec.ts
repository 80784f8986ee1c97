import { describeInBrowser, expect, signedOut, test } from './journey.ts';

describeInBrowser('signing in', () => {
  test.use(signedOut);

  test('the link that the server printed signs a browser in', async ({ page, ownServer }) => {
    await page.goto(ownServer.link);
    await expect(page).toHaveURL(`${ownServer.origin}/`);
    await expect(page.getByText('by sign-in link')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('registries');
  });

  test('a link that was used says that it was, and what to do', async ({ page, ownServer, request }) => {
    await request.get(ownServer.link);
    await page.goto(ownServer.link);
    await expect(page).toHaveURL(`${ownServer.origin}/signin?problem=link`);
    await expect(page.getByRole('alert')).toContainText('was used or is too old');
    await expect(page.getByRole('alert')).toContainText('Use the admin token, or start Pull Doctor anew');
    await expect(page.getByLabel('Admin token')).toBeFocused();
  });

  test('an address without a session leads to the sign-in page, and from there back', async ({
    page,
    host,
  }) => {
    await page.goto('/history?list=attempts');
    await expect(page).toHaveURL(/\/signin\?next=/);
    await page.getByLabel('Admin token').fill(host.adminToken);
    await page.getByLabel('Admin token').press('Enter');
    await expect(page).toHaveURL(/\/history\?list=attempts$/);
    await expect(page.getByRole('heading', { name: 'Pull history' })).toBeVisible();
  });

  test('a wrong admin token is refused, and is not kept in the field', async ({ page }) => {
    await page.goto('/signin');
    await page.getByLabel('Admin token').fill('0123456789abcdef0123456789abcdef');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toContainText('This is not the admin token.');
    await expect(page.getByLabel('Admin token')).toHaveValue('');
    expect(await page.request.get('/api/v1/session').then((answer) => answer.status())).toBe(401);
  });

  test('signing out ends the session on the server', async ({ page, ownServer }) => {
    await page.goto(ownServer.link);
    const before = await page.context().storageState();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/signin/);
    await page.context().addCookies(before.cookies);
    const answer = await page.request.get(`${ownServer.origin}/api/v1/session`);
    expect(answer.status()).toBe(401);
  });
});

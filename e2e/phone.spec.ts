import { describeInBrowser, diagnose, expect, field, signedOut, step, test, verdictCard } from './journey.ts';

describeInBrowser('on a phone', () => {
  test.use({ ...signedOut, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test('the whole way goes by touch: sign in, diagnose, read the evidence, find it again', async ({
    page,
    host,
    ownServer,
  }) => {
    await page.goto(ownServer.link);
    await page
      .getByRole('navigation', { name: 'Main, on phones' })
      .getByRole('link', { name: 'Diagnose' })
      .tap();
    await field(page).tap();
    await field(page).fill(host.image('no tag'));
    await page.getByRole('button', { name: 'Diagnose', exact: true }).tap();
    await expect(verdictCard(page)).toContainText('9.9');
    await step(page, 'Registry ping').getByRole('button').first().tap();
    await expect(step(page, 'Registry ping')).toContainText('https://basic.clinic.test/v2/');

    const bar = page.getByRole('navigation', { name: 'Main, on phones' });
    await bar.getByRole('link', { name: 'History' }).tap();
    await page.getByRole('navigation', { name: 'Lists' }).getByRole('link', { name: 'Diagnoses' }).tap();
    const first = page.getByRole('table', { name: 'Diagnoses' }).getByRole('link').first();
    await expect(first).toContainText('team/app:9.9');
    await first.tap();
    await expect(verdictCard(page)).toContainText('9.9');

    await bar.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('dialog', { name: 'More' }).getByLabel('Dark').tap();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.getByRole('button', { name: 'Sign out' }).tap();
    await expect(page).toHaveURL(/\/signin/);
  });
});

describeInBrowser('on the narrowest screen', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('no page scrolls sideways at 320 px', async ({ page, host }) => {
    const widths: Record<string, number> = {};
    const measure = async (name: string) => {
      widths[name] = await page.evaluate<number>('document.documentElement.scrollWidth');
    };
    await diagnose(page, host.image('expired'));
    await page.keyboard.press('e');
    await measure('verdict with all evidence');
    await page.goto('/diagnose');
    await field(page).fill(`docker pull --platform linux/arm64 ${host.image('expired')}`);
    await expect(page.getByRole('list', { name: 'Recognised' })).toBeVisible();
    await page.getByRole('button', { name: 'Options' }).click();
    await measure('diagnose');
    for (const [name, path, ready] of [
      ['history', '/history', 'Pull history'],
      ['overview', '/', /registries/],
      ['registries', '/registries', 'Registries'],
      ['one registry', '/registries/ghcr.io', /GHCR|ghcr/i],
      ['not found', '/no/such/page', 'There is no page here'],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1, name: ready })).toBeVisible();
      await expect(page.getByRole('main')).not.toContainText('Loading');
      await measure(name);
    }
    await page.context().clearCookies();
    await page.goto('/signin?problem=link');
    await expect(page.getByRole('alert')).toBeVisible();
    await measure('sign-in');
    expect(Object.entries(widths).filter(([, width]) => width > 320)).toEqual([]);
    expect(Object.keys(widths)).toHaveLength(8);
  });
});

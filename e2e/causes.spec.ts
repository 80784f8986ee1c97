import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page, Request } from '@playwright/test';
import { causes } from '@pull-doctor/contract/causes';
import { badgeOf, describeInBrowser, expect, field, readClipboard, signedOut, test } from './journey.ts';

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search causes, or paste an error' });
const rows = (page: Page) => page.getByRole('main').getByRole('listitem');
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

const pasted =
  'Error response from daemon: Head "https://registry.corp.example/v2/team/app/manifests/1.0": no basic auth credentials';

/** The first command that stands in a block of its own, and the page that it is on. */
const command = causes
  .map((cause) => {
    const file = path.resolve(import.meta.dirname, `../packages/diagnosis/src/rules/${cause}/rule.md`);
    const [, text] = /^```sh\n([\s\S]*?)\n```/m.exec(readFileSync(file, 'utf8')) ?? [];
    return { cause, text: text ?? '' };
  })
  .find(({ text }) => text !== '');

describeInBrowser('the causes', () => {
  test('are listed by family, each with its page', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('navigation', { name: 'Reference' }).getByRole('link').click();
    await expect(page).toHaveURL(/\/causes$/);
    await expect(page).toHaveTitle('Causes and fixes, Pull Doctor');
    await expect(heading(page, `${causes.length - 1} causes of a failed pull`)).toBeVisible();
    await expect(page.getByRole('heading', { level: 2 })).toHaveText([
      'Credentials',
      'Access and limits',
      'Image name',
      'Network',
      'Registry',
      'This host',
      'None of these',
    ]);
    await expect(rows(page)).toHaveCount(causes.length);
    for (const cause of causes) {
      const badge = page.getByText(badgeOf(cause), { exact: true });
      await expect(rows(page).filter({ has: badge })).toHaveCount(1);
    }
    await rows(page)
      .filter({ hasText: badgeOf('tls-untrusted') })
      .getByRole('link')
      .click();
    await expect(page).toHaveURL(/\/causes\/tls-untrusted$/);
    await expect(page.getByRole('main')).toContainText(badgeOf('tls-untrusted'));
  });

  test('are found by what was printed, and the search is in the address', async ({ page }) => {
    await page.goto('/causes');
    await expect(rows(page)).toHaveCount(causes.length);
    await page.keyboard.press('/');
    await expect(search(page)).toBeFocused();
    await page.keyboard.type('no basic auth credentials');
    await expect(rows(page).first()).toContainText(badgeOf('credentials-missing'));
    await expect(rows(page).first()).toContainText('no basic auth credentials');
    await expect(page).toHaveURL(/\/causes\?q=no(?:\+|%20)basic(?:\+|%20)auth(?:\+|%20)credentials$/);
    await search(page).press('Enter');
    await expect(page).toHaveURL(/\/causes\/credentials-missing$/);
    await page.goBack();
    await expect(search(page)).toHaveValue('no basic auth credentials');
    await expect(rows(page).first()).toContainText(badgeOf('credentials-missing'));
    await page.getByRole('button', { name: 'Clear the search' }).click();
    await expect(rows(page)).toHaveCount(causes.length);
    await expect(page).toHaveURL(/\/causes$/);
  });

  test('are ranked by a whole line, also where the address brings it', async ({ page }) => {
    await page.goto(`/causes?q=${encodeURIComponent(pasted)}`);
    await expect(search(page)).toHaveValue(pasted);
    await expect(rows(page).first()).toContainText(badgeOf('credentials-missing'));
    await page.goto('/causes?q=407');
    await expect(rows(page).first()).toContainText(badgeOf('proxy-failure'));
  });

  test('a secret in what was pasted is in neither field nor address', async ({ page }) => {
    await page.goto('/causes');
    await search(page).fill(`docker login -p hunter2hunter2 ghcr.io: denied`);
    await expect(search(page)).toHaveValue(/\[redacted\]/);
    await expect(page).toHaveURL(/q=.*denied/);
    expect(page.url()).not.toContain('hunter2');
    await expect(page.getByRole('main')).not.toContainText('hunter2');
  });

  test('what no page has is said, and Diagnose takes it', async ({ page }) => {
    await page.goto('/causes');
    await search(page).fill('zeppelin quokka');
    await expect(page.getByRole('heading', { name: 'No page has these words' })).toBeVisible();
    await page.getByRole('link', { name: 'Diagnose this text' }).click();
    await expect(page).toHaveURL(/\/diagnose$/);
    await expect(field(page)).toHaveValue('zeppelin quokka');
  });

  test('J and K go through the rows, and Enter opens one', async ({ page }) => {
    await page.goto('/causes');
    await expect(rows(page)).toHaveCount(causes.length);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await expect(rows(page).nth(1).getByRole('link')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/causes\/credentials-invalid$/);
    await expect(page.getByRole('main')).toBeFocused();
  });
});

describeInBrowser('the page of a cause', () => {
  test('has its parts, its title, and ways on', async ({ page }) => {
    await page.goto('/causes/dns-failure');
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    await expect(page).toHaveTitle(`${title}, Pull Doctor`);
    await expect(page.locator('meta[name=description]')).toHaveAttribute('content', /\w.*\.$/);
    const parts = [
      'What you see',
      'What happened',
      'How Pull Doctor can tell',
      'What to do',
      'When it is something else',
    ];
    for (const name of parts)
      await expect(page.getByRole('region', { name, exact: true })).not.toHaveText(name);
    await expect(page.getByRole('navigation', { name: 'On this page' }).getByRole('link')).toContainText(
      parts,
    );

    // within the application, so that what is shown beside stays
    await page.evaluate('window.isSame = true');
    await page
      .getByRole('region', { name: 'When it is something else' })
      .getByRole('link', { name: badgeOf('connection-failure') })
      .first()
      .click();
    await expect(page).toHaveURL(/\/causes\/connection-failure$/);
    expect(await page.evaluate('window.isSame')).toBe(true);
    const beside = page.getByRole('navigation', { name: 'Previous and next cause' });
    await beside.getByRole('link', { name: `Previous: ${badgeOf('dns-failure')}` }).click();
    await expect(page).toHaveURL(/\/causes\/dns-failure$/);
    await beside.getByRole('link', { name: `Next: ${badgeOf('connection-failure')}` }).click();
    await expect(page).toHaveURL(/\/causes\/connection-failure$/);
    await page.getByRole('link', { name: 'Diagnose an image' }).click();
    await expect(field(page)).toBeFocused();
  });

  test('can be linked at each heading', async ({ page }) => {
    await page.goto('/causes/credentials-missing#when-it-is-something-else');
    const last = page.getByRole('heading', { name: 'When it is something else' });
    await expect(last).toBeInViewport();
    await page
      .getByRole('navigation', { name: 'On this page' })
      .getByRole('link', { name: 'What you see' })
      .click();
    await expect(page).toHaveURL(/#what-you-see$/);
    const first = page.getByRole('heading', { name: 'What you see' });
    await expect(first).toBeInViewport();
    await expect(first).toBeFocused();
    await page.goBack();
    await expect(last).toBeInViewport();
    await page.getByRole('link', { name: 'Link to “What happened”' }).click();
    await expect(page).toHaveURL(/\/causes\/credentials-missing#what-happened$/);
  });

  test('copies a command as it stands there', async ({ page }) => {
    if (!command) throw new Error('no page has a command in a block of its own');
    await page.goto(`/causes/${command.cause}`);
    await page
      .getByRole('button', { name: `Copy the command ${command.text.slice(0, 80)}` })
      .first()
      .click();
    await expect(page.getByText('Copied', { exact: true }).first()).toBeVisible();
    expect(await readClipboard(page)).toBe(command.text);
  });

  test('that does not exist is said, with the nearest ones', async ({ page }) => {
    await page.goto('/causes/dns-error');
    await expect(heading(page, 'There is no page here')).toBeVisible();
    await expect(page.getByText('No cause has the code “dns-error”.')).toBeVisible();
    await rows(page)
      .filter({ hasText: badgeOf('dns-failure') })
      .getByRole('link')
      .click();
    await expect(page).toHaveURL(/\/causes\/dns-failure$/);
    await page.goto('/causes/zzz');
    await page.getByRole('link', { name: 'All causes and fixes' }).click();
    await expect(rows(page)).toHaveCount(causes.length);
  });
});

describeInBrowser('without a session', () => {
  test.use(signedOut);

  test('a page that was sent is read, and nothing is asked or told of the host', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request: Request) => asked.push(new URL(request.url()).pathname));
    await page.goto('/causes/dns-failure');
    await expect(page.getByRole('region', { name: 'What to do' })).toBeVisible();
    await page.getByRole('navigation', { name: 'Where this page is' }).getByRole('link').click();
    await search(page).fill(pasted);
    await expect(rows(page).first()).toContainText(badgeOf('credentials-missing'));
    await rows(page).first().getByRole('link').click();
    await expect(page).toHaveURL(/\/causes\/credentials-missing/);
    await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0);
    await expect(page.getByText('Live', { exact: true })).toHaveCount(0);
    expect(asked.filter((address) => address.startsWith('/api'))).toEqual([]);
  });

  test('the page leads to the sign-in page and back, now in the frame of the others', async ({
    page,
    host,
  }) => {
    await page.goto('/causes/dns-failure#what-to-do');
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/signin\?next=/);
    await page.getByLabel('Admin token').fill(host.adminToken);
    await page.getByLabel('Admin token').press('Enter');
    await expect(page).toHaveURL(/\/causes\/dns-failure#what-to-do$/);
    await expect(heading(page, title ?? '')).toBeVisible();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
  });

  test('the way on to Diagnose asks to sign in first', async ({ page }) => {
    await page.goto('/causes/dns-failure');
    await page.getByRole('link', { name: 'Diagnose an image' }).click();
    await expect(page).toHaveURL(/\/signin\?next=%2Fdiagnose/);
  });

  test('who signs out reads on in the plain frame', async ({ page, ownServer }) => {
    await page.goto(ownServer.link);
    await page.getByRole('link', { name: 'Causes and fixes' }).click();
    await expect(rows(page)).toHaveCount(causes.length);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/signin/);
    await page.goBack();
    await expect(rows(page)).toHaveCount(causes.length);
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0);
  });

  test('a session that has ended meanwhile takes the shell away and not the page', async ({
    page,
    ownServer,
  }) => {
    await page.goto(ownServer.link);
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    // it ends between the page, which still knows of it, and the first thing that the shell asks
    await page.route('**/api/v1/host', async (route) => {
      await page.request.delete(`${ownServer.origin}/api/v1/session`);
      await route.continue();
    });
    const refused = page.waitForResponse((answer) => answer.status() === 401);
    await page.goto(`${ownServer.origin}/causes/dns-failure`);
    await refused;
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'What to do' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0);
    await expect(page).toHaveURL(/\/causes\/dns-failure$/);
  });
});

describeInBrowser('the causes on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test('are reached through More', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'More' }).tap();
    await page.getByRole('dialog', { name: 'More' }).getByRole('link', { name: 'Causes and fixes' }).tap();
    await expect(page).toHaveURL(/\/causes$/);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    // The address is new before the page is.
    await expect(page.getByRole('heading', { level: 1 })).toContainText('causes of a failed pull');
    await rows(page).first().getByRole('link').tap();
    await page
      .getByRole('navigation', { name: 'On this page' })
      .getByRole('link', { name: 'What to do' })
      .tap();
    await expect(page.getByRole('heading', { name: 'What to do' })).toBeInViewport();
  });
});

describeInBrowser('the causes on the narrowest screen', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('never scroll the page sideways, and nothing of them is cut', async ({ page }) => {
    const wide: string[] = [];
    for (const address of [
      '/causes',
      `/causes?q=${encodeURIComponent(pasted)}`,
      '/causes?q=zeppelin',
      '/causes/dns-error',
      ...causes.map((cause) => `/causes/${cause}`),
    ]) {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const right = await page.evaluate<number>(`Math.max(document.documentElement.scrollWidth,
        ...[...document.querySelectorAll('main :is(p, pre, table, li > code)')]
          .map((element) => element.getBoundingClientRect().right))`);
      if (right > 320) wide.push(`${address} ${right}`);
    }
    expect(wide).toEqual([]);
  });
});

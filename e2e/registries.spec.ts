import type { Browser, Locator, Page } from '@playwright/test';
import { findings } from './axe-findings.ts';
import { endingPassword } from './ending-password.ts';
import { test as base, describeInBrowser, expect } from './journey.ts';
import type { Server } from './server.ts';
import { type StagedBoard, startStagedBoard } from './staged-board.ts';

/** The registries of one board, one for each status. */
interface Hosts {
  works: string;
  ending: string;
  ended: string;
  refused: string;
  gone: string;
  bare: string;
}

interface PerWorker {
  board: StagedBoard;
  hosts: Hosts;
  boardServer: Server;
}

const alice = { user: 'alice', password: 'wonderland-7' };
const minute = 60;

const test = base.extend<{ boardPage: Page }, PerWorker>({
  board: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are used
    async ({}, use) => {
      const board = await startStagedBoard();
      await use(board);
      await board.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  hosts: [
    async ({ board }, use) => {
      const ending = endingPassword(8 * minute);
      const ended = endingPassword(-3 * minute);
      const [works, endsSoon, hasEnded, refused, bare] = await Promise.all([
        board.registry({ alice: alice.password }),
        board.registry({ AWS: ending }),
        board.registry({ AWS: 'the next password' }),
        board.registry({ alice: 'another password' }),
        board.registry({ alice: alice.password }),
      ]);
      await board.signIn({
        [works.host]: alice,
        [endsSoon.host]: { user: 'AWS', password: ending },
        [hasEnded.host]: { user: 'AWS', password: ended },
        [refused.host]: alice,
        [board.closed]: alice,
      });
      await use({
        works: works.host,
        ending: endsSoon.host,
        ended: hasEnded.host,
        refused: refused.host,
        gone: board.closed,
        bare: bare.host,
      });
    },
    { scope: 'worker' },
  ],
  // the board's own server, after its config.json was written
  boardServer: [
    async ({ board, hosts }, use) => {
      expect(hosts.works).toContain(':');
      const server = await board.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  boardPage: async ({ browser, board, boardServer }, use) => {
    const page = await signedInPage(browser, boardServer, board);
    await use(page);
    await page.context().close();
  },
});

/** A page in a browser of its own that is signed in to this server. */
async function signedInPage(browser: Browser, server: Server, { adminToken }: StagedBoard): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.origin, reducedMotion: 'reduce' });
  await context.request.post('/signin', { data: { token: adminToken } });
  return context.newPage();
}

const rowOf = (page: Page, host: string): Locator => page.locator(`li[data-host="${host}"]`);

describeInBrowser('the registries board', () => {
  test('shows each status by its word, in its group, with its reason and its first action', async ({
    boardPage: page,
    hosts,
  }) => {
    await page.goto('/');
    await expect(rowOf(page, hosts.works)).toContainText('Signed in');
    await expect(rowOf(page, hosts.ending)).toContainText('Expires soon');
    await expect(rowOf(page, hosts.ended)).toContainText('Expired');
    await expect(rowOf(page, hosts.refused)).toContainText('Rejected');
    await expect(rowOf(page, hosts.gone)).toContainText('Unreachable');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('3 of 5 registries need attention');
    await expect(page.getByRole('heading', { level: 2, name: /^Needs attention/ })).toContainText('3');
    await expect(page.getByRole('img', { name: '3 need attention, 1 expires soon, 1 fine' })).toBeVisible();
    const bar = page.getByRole('navigation', { name: 'Main', exact: true });
    await expect(bar.getByRole('link', { name: 'Overview' })).toContainText('3 need attention');

    await expect(rowOf(page, hosts.ending).locator('time').first()).toHaveText(/^[67]\sm\s\d+\ss$/);
    await expect(rowOf(page, hosts.ended).locator('time').first()).toHaveText(/^expired \d\sm ago$/);
    await expect(rowOf(page, hosts.works)).toContainText('config.json');
    await rowOf(page, hosts.refused)
      .getByRole('link', { name: /^See the fix/ })
      .click();
    await expect(page).toHaveURL(/\/causes\/credentials-invalid#what-to-do$/);
  });

  test('counts down by the second, and says in three lines how the end is known', async ({
    boardPage: page,
    hosts,
  }) => {
    await page.goto('/');
    const end = rowOf(page, hosts.ending).locator('time').first();
    const before = await end.textContent();
    await expect(end).not.toHaveText(before ?? '');
    await end.hover();
    const tooltip = page.getByRole('tooltip');
    await expect(tooltip).toContainText(/^Ends \d+\s\w+\s\d{4}, \d\d:\d\d:\d\d\sUTC/);
    await expect(tooltip.locator('span')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(tooltip).toHaveCount(0);
    await page.mouse.move(0, 0);
    await rowOf(page, hosts.ending).getByRole('button').first().focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(tooltip).toBeVisible();
  });

  test('leads through its rows by the keyboard, and checks the one with the focus', async ({
    boardPage: page,
    hosts,
  }) => {
    await page.goto('/history');
    await expect(page.getByRole('heading', { level: 1, name: 'Pull history' })).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await expect(page).toHaveURL(/\/registries$/);
    await expect(rowOf(page, hosts.works)).toContainText('Signed in');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const focused = page.locator('[data-row]:focus');
    await expect(focused).toHaveCount(1);
    const host = await focused.locator('xpath=ancestor::li').getAttribute('data-host');
    const checked = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().includes('/check'),
    );
    await page.keyboard.press('r');
    expect(decodeURIComponent((await checked).url())).toContain(`/registries/${host}/check`);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/registries/${encodeURIComponent(host ?? '')}$`));
  });

  test('is filtered by what its rows show, in the address', async ({ boardPage: page, hosts }) => {
    await page.goto('/registries');
    await expect(rowOf(page, hosts.works)).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type('rejected');
    await expect(page).toHaveURL(/\/registries\?q=rejected$/);
    await expect(page.locator('li[data-host]')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(page.locator('li[data-host]')).not.toHaveCount(1);
    await page.goto('/registries?q=zeppelin');
    await expect(page.getByText('No registry has “zeppelin”')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect(rowOf(page, hosts.works)).toBeVisible();
  });
});

describeInBrowser('one registry', () => {
  test('has its credential, the places it was looked for, what was asked, and the way to Diagnose', async ({
    boardPage: page,
    hosts,
  }) => {
    await page.goto('/');
    await rowOf(page, hosts.refused).getByRole('link').first().click();
    await expect(page).toHaveURL(`/registries/${encodeURIComponent(hosts.refused)}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Rejected');
    const card = (name: string) => page.getByRole('region', { name, exact: true });
    await expect(card('Credential')).toContainText('refused by the registry');
    await expect(card('Credential')).toContainText(`redacted ${alice.password.length} chars`);
    await expect(card('Where Docker looks for the credential')).toContainText('used');
    await expect(card('Auth challenge')).toContainText('realm="Clinic"');
    await expect(card('Endpoints')).toContainText('GET /v2/');
    await expect(card('Checks, last 90 m').getByRole('img')).toHaveAttribute('aria-label', /rejected/);
    await card('Checks, last 90 m').getByText('The same as a table').click();
    await expect(card('Checks, last 90 m').getByRole('table')).toContainText('Rejected');
    await expect(page.getByRole('main')).not.toContainText(alice.password);
    await page.getByRole('button', { name: 'Diagnose', exact: true }).click();
    await expect(page.getByRole('textbox', { name: 'Image, command or error text' })).toHaveValue(
      `${hosts.refused}/`,
    );
  });

  test('takes the date of an end that nothing tells, and counts to it', async ({
    boardPage: page,
    hosts,
  }) => {
    await page.goto(`/registries/${encodeURIComponent(hosts.works)}`);
    const card = page.getByRole('region', { name: 'Credential', exact: true });
    await expect(card).toContainText('unknown');
    const day = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
    await card.getByLabel('You know its last day?').fill(day);
    await card.getByRole('button', { name: 'Enter the date' }).click();
    await expect(card.locator('time').first()).toHaveText(/^100\sd$/);
    await card.getByRole('button', { name: 'Remove the date' }).click();
    await expect(card).toContainText('unknown');
  });

  test('is checked now when it is asked for', async ({ boardPage: page, hosts }) => {
    await page.goto(`/registries/${encodeURIComponent(hosts.works)}`);
    const bars = page.getByRole('region', { name: 'Checks, last 90 m' }).getByRole('img');
    await expect(bars).toBeVisible();
    const before = await bars.locator('i').count();
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(bars.locator('i')).toHaveCount(before + 1);
  });

  test('is hidden, counts no more, and comes back', async ({ boardPage: page, hosts }) => {
    await page.goto(`/registries/${encodeURIComponent(hosts.gone)}`);
    await page.getByRole('button', { name: 'Hide it' }).click();
    await expect(page).toHaveURL(/\/registries$/);
    const hidden = page.getByRole('region', { name: 'Hidden (1)' });
    await expect(hidden).toContainText(hosts.gone);
    await expect(rowOf(page, hosts.gone)).toHaveCount(0);
    await hidden.getByRole('button', { name: /^Show again/ }).click();
    await expect(rowOf(page, hosts.gone)).toContainText('Unreachable');
    await expect(hidden).toHaveCount(0);
  });

  test('that nobody watches says so', async ({ boardPage: page }) => {
    await page.goto('/registries/nobody.example');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('nobody.example is not watched');
    await expect(page.getByRole('button', { name: 'Add a registry' })).toBeVisible();
  });
});

describeInBrowser('a registry that is added by hand', () => {
  test('is read from what was pasted, refused beside the field, and watched', async ({
    boardPage: page,
    hosts,
  }) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Add a registry' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a registry' });
    const field = dialog.getByLabel('Registry host');
    await field.fill('/no/host/at all');
    await field.press('Enter');
    await expect(dialog.getByRole('alert')).toBeVisible();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toBeFocused();

    await field.fill(`docker pull ${hosts.bare}/team/app:1.0`);
    await expect(dialog.getByRole('alert')).toHaveCount(0);
    await field.press('Enter');
    await expect(page).toHaveURL(`/registries/${encodeURIComponent(hosts.bare)}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('No credential');

    const other = await page.context().newPage();
    await other.goto('/');
    await expect(rowOf(other, hosts.bare)).toContainText('No credential');
    await page.getByRole('button', { name: 'Stop watching it' }).click();
    // the other tab agrees without a reload
    await expect(rowOf(other, hosts.bare)).toHaveCount(0);
    await other.close();
  });
});

describeInBrowser('a board that is open while things change', () => {
  test.describe.configure({ timeout: 90_000 });

  test('shows a docker login within two seconds, without a reload', async ({ browser, board }) => {
    const registry = await board.registry({ alice: alice.password });
    await board.signInAs('shell', {});
    const server = await board.start({ DOCKER_CONFIG: board.configOf('shell') });
    const page = await signedInPage(browser, server, board);
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing to watch yet');
    await page.evaluate("window.notReloaded = 'yes'");
    const startedAt = Date.now();
    await board.signInAs('shell', { [registry.host]: alice });
    await expect(rowOf(page, registry.host)).toBeVisible({ timeout: 2000 });
    const shownMs = Date.now() - startedAt;
    await expect(rowOf(page, registry.host)).toContainText('Signed in');
    expect(await page.evaluate('window.notReloaded')).toBe('yes');
    test.info().annotations.push({ type: 'config change to the page', description: `${shownMs} ms` });

    await board.signInAs('shell', { [registry.host]: { ...alice, password: 'mistyped' } });
    await expect(rowOf(page, registry.host)).toContainText('Rejected');
    await board.signInAs('shell', {});
    await expect(rowOf(page, registry.host)).toHaveCount(0);
    await page.context().close();
    await server.stop();
  });

  test('says that a credential ended when it ends', async ({ browser, board }) => {
    const password = endingPassword(8);
    const registry = await board.registry({ AWS: password });
    await board.signInAs('ends', { [registry.host]: { user: 'AWS', password } });
    const server = await board.start({ DOCKER_CONFIG: board.configOf('ends') });
    const page = await signedInPage(browser, server, board);
    await page.goto('/');
    await expect(rowOf(page, registry.host)).toContainText('Expires soon');
    const end = rowOf(page, registry.host).locator('time').first();
    await expect(end).toHaveText(/^\d\ss$/);
    await expect(rowOf(page, registry.host)).toContainText('Expired', { timeout: 15_000 });
    await expect(end).toHaveText(/^expired (just now|\d+\ss ago)$/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('needs attention');
    await expect(page.getByRole('status')).toContainText('has expired');
    await page.context().close();
    await server.stop();
  });

  test('heals by one fetch after a sleep', async ({ browser, board, boardServer, hosts }) => {
    const page = await signedInPage(browser, boardServer, board);
    await page.clock.install();
    await page.goto('/');
    await expect(rowOf(page, hosts.works)).toBeVisible();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    let asked = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/v1/registries') asked += 1;
    });
    // the lid is closed for half an hour
    await page.clock.fastForward('30:00');
    await expect.poll(() => asked).toBe(1);
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await page.clock.fastForward(3000);
    expect(asked).toBe(1);
    await page.context().close();
  });

  test('with several users shows the one of the address', async ({ browser, board, hosts }) => {
    await board.signInAs('ci', { [hosts.works]: { ...alice, password: 'mistyped' } });
    const server = await board.start({
      PULL_DOCTOR_CONFIGS: `ci=${board.configOf('ci')}`,
    });
    const page = await signedInPage(browser, server, board);
    await page.goto('/');
    await expect(rowOf(page, hosts.works)).toContainText('Signed in');
    await page.getByLabel('Configuration of').selectOption({ label: 'ci' });
    await expect(page).toHaveURL(/\?user=ci$/);
    await expect(rowOf(page, hosts.works)).toContainText('Rejected');
    await page
      .getByRole('navigation', { name: 'Main', exact: true })
      .getByRole('link', { name: 'Registries' })
      .click();
    await expect(page).toHaveURL(/\/registries\?user=ci$/);
    await expect(rowOf(page, hosts.works)).toContainText('Rejected');
    await page.context().close();
    await server.stop();
  });

  test('draws a tick of fifty countdowns in less than a millisecond', async ({ browser, board }) => {
    const logins = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [
        `127.0.1.${index + 1}:1`,
        { user: 'AWS', password: endingPassword(9 * minute + index) },
      ]),
    );
    await board.signInAs('fifty', logins);
    // without checks, nothing but the countdowns changes
    const server = await board.start({
      DOCKER_CONFIG: board.configOf('fifty'),
      PULL_DOCTOR_CHECK_SECONDS: '0',
    });
    const page = await signedInPage(browser, server, board);
    await page.addInitScript(timeTimers);
    await page.goto('/registries');
    await expect(page.locator('li[data-host]')).toHaveCount(50);
    const perTick = await tickMs(page, 10);
    test.info().annotations.push({ type: 'script per tick', description: `${perTick.toFixed(3)} ms` });
    expect(perTick).toBeLessThan(1);
    await page.context().close();
    await server.stop();
  });
});

describeInBrowser('axe finds nothing on', () => {
  test('the board, one registry, the registries and the dialog', async ({ boardPage: page, hosts }) => {
    await page.goto('/');
    await expect(rowOf(page, hosts.works)).toContainText('Signed in');
    await expect(page.getByRole('region', { name: /^Docker daemon on/ })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.goto('/registries');
    await expect(rowOf(page, hosts.works)).toContainText('Signed in');
    expect(await findings(page)).toEqual([]);
    for (const host of [hosts.works, hosts.ended, hosts.gone]) {
      await page.goto(`/registries/${encodeURIComponent(host)}`);
      await expect(page.getByRole('region', { name: 'Credential', exact: true })).toBeVisible();
      expect(await findings(page)).toEqual([]);
    }
    await page.goto('/');
    await page.getByRole('button', { name: 'Add a registry' }).click();
    await page.getByLabel('Registry host').fill('/no/host/at all');
    await page.getByLabel('Registry host').press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: /./ }).first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
});

/** Keeps how long each call of a timer takes, before anything of the page runs. */
const timeTimers = `
  window.timerMs = [];
  const plain = window.setTimeout;
  window.setTimeout = (call, ms, ...rest) => plain(() => {
    const startedAt = performance.now();
    call(...rest);
    window.timerMs.push(performance.now() - startedAt);
  }, ms);
`;

/** The median tick of a page on which nothing but its countdowns changes: one that was disturbed does not count. */
async function tickMs(page: Page, ticks: number): Promise<number> {
  await page.evaluate('window.timerMs.length = 0');
  await expect
    .poll(() => page.evaluate<number>('window.timerMs.length'), { timeout: 30_000 })
    .toBeGreaterThan(ticks);
  const each = await page.evaluate<number[]>('window.timerMs');
  return each.toSorted((a, b) => a - b)[Math.floor(each.length / 2)] ?? Number.NaN;
}

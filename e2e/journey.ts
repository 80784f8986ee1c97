import { type APIRequestContext, test as base, expect, type Page } from '@playwright/test';
import { causeFacts } from '@pull-doctor/contract/causes';
import { whyNoBrowser } from './browser.ts';
import type { Server } from './server.ts';
import { type StagedHost, startStagedHost, whyNoDaemon } from './staged-host.ts';

export { expect };

interface PerWorker {
  /** The Docker host with its staged faults. */
  host: StagedHost;
  /** The built server on it. */
  server: Server;
  /** What a signed-in browser has. */
  session: Awaited<ReturnType<APIRequestContext['storageState']>>;
}

interface PerTest {
  /** A further server on the same host, which a journey may sign in to by its printed link, end and start anew. */
  ownServer: Server;
}

/** Playwright's test with a staged host and a server on it. Pages are signed in, unless `test.use(signedOut)` says not. */
export const test = base.extend<PerTest, PerWorker>({
  host: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are used
    async ({}, use) => {
      const host = await startStagedHost();
      await use(host);
      await host.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  server: [
    async ({ host }, use) => {
      const server = await host.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  session: [
    async ({ host, server, playwright }, use) => {
      const request = await playwright.request.newContext({ baseURL: server.origin });
      await request.post('/signin', { data: { token: host.adminToken } });
      await use(await request.storageState());
      await request.dispose();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ server }, use) => use(server.origin),
  storageState: ({ session }, use) => use(session),
  ownServer: async ({ host }, use) => {
    const server = await host.start();
    await use(server);
    await server.stop();
  },
});

/** For `test.use`: a browser that has not signed in. */
export const signedOut = { storageState: { cookies: [], origins: [] } };

/** Journeys that need a browser; skipped with the command that installs one where there is none. */
export function describeInBrowser(title: string, journeys: () => void): void {
  describeUnless(whyNoBrowser, title, journeys);
}

/** Journeys that need a browser and a real Docker daemon. */
export function describeWithDaemon(title: string, journeys: () => void): void {
  describeUnless(whyNoBrowser ?? whyNoDaemon(), title, journeys);
}

function describeUnless(why: string | null, title: string, journeys: () => void): void {
  // the reason stands in the title, since reports show no other text of a skipped test
  test.describe(why ? `${title} (${why})` : title, () => {
    test.skip(why !== null, why ?? '');
    journeys();
  });
}

/** Types a text into Diagnose and starts with Enter. */
export async function start(page: Page, text: string): Promise<void> {
  await page.goto('/diagnose');
  await field(page).fill(text);
  await field(page).press('Enter');
  await page.waitForURL(/\/diagnose\/.+/);
}

/** The same, up to the verdict. */
export async function diagnose(page: Page, text: string): Promise<void> {
  await start(page, text);
  await expect(page.getByRole('button', { name: 'Copy report' })).toBeVisible({ timeout: 20_000 });
}

export const field = (page: Page) => page.getByRole('textbox', { name: 'Image, command or error text' });

/** The card that says what follows, or that it still runs. */
export const verdictCard = (page: Page) => page.locator('section[aria-labelledby=verdict]');

/** One step in the list, by its name on the page. */
export const step = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Steps' }).getByRole('listitem').filter({ hasText: name }).first();

/** Puts a text on the clipboard of the browser, for Ctrl V. */
export async function copyToClipboard(page: Page, text: string): Promise<void> {
  await allowClipboard(page);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
}

export async function readClipboard(page: Page): Promise<string> {
  await allowClipboard(page);
  return page.evaluate<string>('navigator.clipboard.readText()');
}

const allowClipboard = (page: Page) => page.context().grantPermissions(['clipboard-read', 'clipboard-write']);

/** The words of the badge that a cause has on the page. */
export const badgeOf = (cause: keyof typeof causeFacts): string => causeFacts[cause].badge;

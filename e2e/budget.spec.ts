import type { CDPSession, Page } from '@playwright/test';
import type { RegistryBoard } from '@pull-doctor/contract/registries';
import { describeInBrowser, expect, test } from './journey.ts';

// DESIGN section 16. The budget is for a laptop with nothing else to do; a machine that runs a test suite beside it may
// take this much longer before it is the page's fault. The figure itself stands in the report.
const lcpMsMax = 1_200;
const busyMachine = 1.75;
const clsMax = 0.02;

/** A processor four times as slow, and a network of 20 Mbit/s with 40 ms. */
async function slowDown(cdp: CDPSession): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 40,
    downloadThroughput: (20e6 / 8) | 0,
    uploadThroughput: (20e6 / 8) | 0,
  });
}

/** Notes the largest paint and every shift of the layout from the first moment on. */
const observe = `
  window.vitals = { lcp: 0, cls: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.vitals.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.vitals.cls += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

interface Vitals {
  lcp: number;
  cls: number;
}

/** One load of a page with an empty cache. */
async function load(page: Page, path: string): Promise<Vitals> {
  const cdp = await page.context().newCDPSession(page);
  await slowDown(cdp);
  await cdp.send('Network.clearBrowserCache');
  await page.goto(path);
  await expect(page.locator('main h1')).not.toBeEmpty();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  // what comes later than everything that was waited for would shift what is there
  await page.waitForTimeout(500);
  const vitals = await page.evaluate<Vitals>('window.vitals');
  await cdp.detach();
  return vitals;
}

/** A registry that is checked for the first time changes its place, as it should; that is no shift of the page. */
async function untilChecked(page: Page): Promise<void> {
  await expect
    .poll(
      async () => {
        const board = (await (await page.request.get('/api/v1/registries')).json()) as RegistryBoard;
        return board.items.filter(({ checkedAt }) => checkedAt === null).length;
      },
      { timeout: 60_000 },
    )
    .toBe(0);
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

describeInBrowser('the budget of the first page', () => {
  for (const [size, viewport] of [
    ['wide', { width: 1440, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const)
    test(`is kept on a slow machine, ${size}`, async ({ page }) => {
      test.setTimeout(150_000);
      await untilChecked(page);
      await page.setViewportSize(viewport);
      await page.addInitScript(observe);
      const loads: Vitals[] = [];
      for (let times = 0; times < 5; times += 1) loads.push(await load(page, '/'));
      const lcp = median(loads.map((one) => one.lcp));
      // A registry whose state turns just then changes its place; the page moves in every load or in none.
      const cls = median(loads.map((one) => one.cls));
      test.info().annotations.push({
        type: 'budget',
        description: `LCP ${Math.round(lcp)} ms of ${lcpMsMax}, CLS ${cls.toFixed(4)} of ${clsMax}`,
      });
      expect(cls).toBeLessThan(clsMax);
      expect(lcp).toBeGreaterThan(0);
      expect(lcp).toBeLessThan(lcpMsMax * busyMachine);
    });
});

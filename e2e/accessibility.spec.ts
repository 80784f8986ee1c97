import type { Page } from '@playwright/test';
import { findings } from './axe-findings.ts';
import {
  describeInBrowser,
  diagnose,
  expect,
  field,
  signedOut,
  start,
  step,
  test,
  verdictCard,
} from './journey.ts';
import type { StagedHost } from './staged-host.ts';

type Reach = (page: Page, host: StagedHost) => Promise<void>;

const states: Record<string, Reach> = {
  'the overview': async (page, host) => {
    await diagnose(page, host.image('works'));
    await page.goto('/');
    await expect(page.getByRole('region', { name: /^Docker daemon on/ })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('registries');
  },
  'Diagnose, empty': async (page) => {
    await page.goto('/diagnose');
    await expect(page.getByRole('list', { name: 'Examples' })).toBeVisible();
  },
  'Diagnose, with a command recognised and the options open': async (page) => {
    await page.goto('/diagnose');
    await field(page).fill(
      'docker login -p hunter2hunter2 && docker pull --platform linux/arm64 ghcr.io/acme/web:2',
    );
    await expect(page.getByRole('list', { name: 'Recognised' })).toContainText('ghcr.io');
    await page.getByRole('button', { name: 'Options' }).click();
    await expect(page.getByLabel('Platform', { exact: true })).toBeVisible();
  },
  'a diagnosis that runs': async (page, host) => {
    await start(page, host.image('hangs'));
    await expect(step(page, 'Manifest')).toHaveAttribute('data-state', 'running');
  },
  'a diagnosis that was stopped': async (page, host) => {
    await start(page, host.image('hangs'));
    await expect(step(page, 'Manifest')).toHaveAttribute('data-state', 'running');
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByRole('heading', { name: /^Stopped after/ })).toBeVisible();
  },
  'a verdict with all evidence open': async (page, host) => {
    await diagnose(page, host.image('expired'));
    await page.keyboard.press('e');
    await expect(page.locator('button[data-step][aria-expanded=false]')).toHaveCount(0);
  },
  'a verdict about something that does not answer': (page, host) => diagnose(page, host.image('refused')),
  'a verdict with other readings that stay open': async (page, host) => {
    await diagnose(page, host.image('private'));
    await expect(verdictCard(page)).toContainText('Possible too');
  },
  'an image that pulls': (page, host) => diagnose(page, host.image('works')),
  'the history of diagnoses': async (page) => {
    await page.goto('/history?list=diagnoses');
    await expect(page.getByRole('table', { name: 'Diagnoses' })).toBeVisible();
  },
  'the history of attempts': async (page) => {
    await page.goto('/history');
    await expect(
      page
        .getByRole('main')
        .getByText(/\d attempts?|No pull was seen/)
        .first(),
    ).toBeVisible();
  },
  'the causes': async (page) => {
    await page.goto('/causes');
    await expect(page.getByRole('heading', { level: 2, name: 'Credentials' })).toBeVisible();
  },
  'causes that were searched': async (page) => {
    await page.goto('/causes?q=no+basic+auth+credentials');
    await expect(page.getByRole('list', { name: 'Found' })).toBeVisible();
  },
  'a search that finds no cause': async (page) => {
    await page.goto('/causes?q=zeppelin');
    await expect(page.getByRole('heading', { name: 'No page has these words' })).toBeVisible();
  },
  'a cause with a table': async (page) => {
    await page.goto('/causes/credentials-missing');
    await expect(page.getByRole('heading', { name: 'What to do' })).toBeVisible();
  },
  'a cause without a page': async (page) => {
    await page.goto('/causes/dns-error');
    await expect(page.getByRole('heading', { name: 'The nearest causes' })).toBeVisible();
  },
  'an address without a page': async (page) => {
    await page.goto('/no/such/page');
    await expect(page.getByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible();
  },
  'the list of shortcuts': async (page) => {
    await page.goto('/no/such/page');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  },
};

describeInBrowser('axe finds nothing on', () => {
  for (const [name, reach] of Object.entries(states))
    test(name, async ({ page, host }) => {
      await reach(page, host);
      expect(await findings(page)).toEqual([]);
    });
});

describeInBrowser('before signing in, axe finds nothing on', () => {
  test.use(signedOut);

  test('the overview and the history of a server that is new', async ({ page, ownServer }) => {
    await page.goto(ownServer.link);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('registries');
    expect(await findings(page)).toEqual([]);
    await page.goto(`${ownServer.origin}/history?list=diagnoses`);
    await expect(page.getByText('Nothing was diagnosed yet')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test('the causes and one of them', async ({ page }) => {
    await page.goto('/causes');
    await expect(page.getByRole('heading', { level: 2, name: 'Credentials' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.goto('/causes/tls-untrusted');
    await expect(page.getByRole('heading', { name: 'What to do' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test('the sign-in page', async ({ page }) => {
    await page.goto('/signin');
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test('the sign-in page after an old link', async ({ page }) => {
    await page.goto('/signin?problem=link');
    await expect(page.getByRole('alert')).toContainText('was used or is too old');
    expect(await findings(page)).toEqual([]);
  });

  test('the sign-in page after a wrong token', async ({ page }) => {
    await page.goto('/signin');
    await page.getByLabel('Admin token').fill('0123456789abcdef0123456789abcdef');
    await page.getByLabel('Admin token').press('Enter');
    await expect(page.getByRole('alert')).toContainText('This is not the admin token.');
    expect(await findings(page)).toEqual([]);
  });
});

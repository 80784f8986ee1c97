import type { Cause } from '@pull-doctor/contract/causes';
import {
  badgeOf,
  copyToClipboard,
  describeInBrowser,
  diagnose,
  expect,
  field,
  start,
  step,
  test,
  verdictCard,
} from './journey.ts';

describeInBrowser('diagnosing an image', () => {
  test('steps arrive while it runs, each with what it found, before there is a verdict', async ({
    page,
    host,
  }) => {
    await start(page, host.image('hangs'));
    await expect(step(page, 'Registry ping')).toHaveAttribute('data-state', 'done');
    await expect(step(page, 'Manifest')).toHaveAttribute('data-state', 'running');
    await expect(step(page, 'Platform')).toHaveAttribute('data-state', 'waiting');
    await expect(page.getByRole('heading', { level: 2, name: 'Step 10 of 12' })).toBeVisible();
    await expect(verdictCard(page)).toContainText('Checking');
  });

  const verdicts: [key: string, cause: Cause, says: RegExp][] = [
    ['no credential', 'credentials-missing', /docker login/],
    ['no tag', 'tag-not-found', /9\.9/],
    ['other platforms', 'platform-mismatch', /linux\/amd64|linux\/arm64/],
    ['expired', 'credentials-expired', /aws ecr get-login-password/],
    ['rate limited', 'rate-limited', /Docker Hub/],
    ['inspected', 'tls-untrusted', /certificate/],
    ['helper missing', 'helper-missing', /docker-credential-clinic-missing/],
    ['no reference', 'invalid-reference', /lower case/],
  ];
  for (const [key, cause, says] of verdicts)
    test(`"${key}" ends in the verdict ${cause}, with what to do`, async ({ page, host }) => {
      await diagnose(page, host.image(key));
      const card = verdictCard(page);
      await expect(card.getByText(badgeOf(cause), { exact: true }).first()).toBeVisible();
      await expect(card).toContainText(says);
      await expect(card.getByRole('heading', { name: /^(What to do|Check this)$/ })).toBeVisible();
      await expect(card.getByRole('heading', { name: 'Evidence', exact: true })).toBeVisible();
    });

  test('an image that pulls is said to pull, with what a pull would use', async ({ page, host }) => {
    await diagnose(page, host.image('works'));
    await expect(page.getByText('Pulls', { exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'What a pull would use' })).toBeVisible();
    await expect(page.getByText(/alice, from /)).toBeVisible();
    await expect(page.getByText(/^sha256:[0-9a-f]{64}$/)).toBeVisible();
  });

  test('a command line is recognised under the field before it is sent', async ({ page }) => {
    await page.goto('/diagnose');
    await field(page).fill('docker pull --platform linux/arm64 ghcr.io/acme/web:2');
    const chips = page.getByRole('list', { name: 'Recognised' });
    await expect(chips.getByRole('listitem')).toContainText([
      'docker command',
      'ghcr.io',
      'acme/web:2',
      'linux/arm64',
    ]);
  });

  test('a reference that cannot be one is said to be so while it is typed', async ({ page, host }) => {
    await page.goto('/diagnose');
    await field(page).fill(host.image('no reference'));
    await expect(page.getByText(/lower case/)).toBeVisible();
  });

  test('a paste of several lines does not start anything', async ({ page, host }) => {
    const starts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/v1/diagnoses'))
        starts.push(request.url());
    });
    await page.goto('/diagnose');
    const lines = `services:\n  web:\n    image: ${host.image('no tag')}\n`;
    await copyToClipboard(page, lines);
    await field(page).press('ControlOrMeta+v');
    await expect(field(page)).toHaveValue(lines);
    await expect(page.getByRole('list', { name: 'Recognised' })).toContainText('basic.clinic.test');
    expect(starts).toEqual([]);
    await expect(page).toHaveURL(/\/diagnose$/);
    await page.getByRole('button', { name: 'Diagnose', exact: true }).click();
    await expect(page.getByText(badgeOf('tag-not-found'), { exact: true }).first()).toBeVisible();
    expect(starts).toHaveLength(1);
  });

  test('a text pasted outside a field opens Diagnose with it, and sends nothing', async ({ page }) => {
    await page.goto('/history');
    await copyToClipboard(page, 'ghcr.io/acme/web:2');
    await page.getByRole('heading', { name: 'Pull history' }).click();
    await page.keyboard.press('ControlOrMeta+v');
    await expect(field(page)).toHaveValue('ghcr.io/acme/web:2');
    await expect(page).toHaveURL(/\/diagnose$/);
  });

  test('a diagnosis that hangs can be stopped, and keeps what was seen', async ({ page, host }) => {
    await start(page, host.image('hangs'));
    await expect(step(page, 'Manifest')).toHaveAttribute('data-state', 'running');
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(verdictCard(page).getByText('Stopped', { exact: true })).toBeVisible();
    await expect(page.getByRole('heading', { name: /^Stopped after/ })).toBeVisible();
    await expect(step(page, 'Registry ping')).toHaveAttribute('data-state', 'done');
    await expect(page.getByRole('button', { name: 'Diagnose again' })).toBeEnabled();
  });

  test('a diagnosis has an address of its own, and stands in the history', async ({ page, host }) => {
    await diagnose(page, host.image('misspelled'));
    const address = page.url();
    const headline = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    expect(headline).not.toBe('');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: headline })).toBeVisible();
    await page.goto('/history?list=diagnoses');
    const first = page.getByRole('table', { name: 'Diagnoses' }).getByRole('row').nth(1);
    await expect(first).toContainText('basic.clinic.test/team/ap:1.0');
    await expect(first).toContainText(badgeOf('repository-not-found'));
    await first.getByRole('link').click();
    await expect(page).toHaveURL(address);
  });
});

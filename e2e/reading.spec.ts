import {
  copyToClipboard,
  describeInBrowser,
  diagnose,
  expect,
  field,
  readClipboard,
  start,
  step,
  test,
} from './journey.ts';

describeInBrowser('reading the evidence', () => {
  test('J, K and E walk through the steps and open what they saw', async ({ page, host }) => {
    await diagnose(page, host.image('no tag'));
    const steps = page.locator('button[data-step]');
    const opened = page.locator('button[data-step][aria-expanded=true]');
    // the step that failed shows its evidence unasked
    await expect(opened).toHaveCount(1);
    await expect(opened).toHaveAttribute('data-step', 'manifest');

    await page.keyboard.press('j');
    await expect(steps.nth(0)).toBeFocused();
    await page.keyboard.press('j');
    await expect(steps.nth(1)).toBeFocused();
    await page.keyboard.press('k');
    await expect(steps.nth(0)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(opened).toHaveCount(2);

    await page.keyboard.press('e');
    await expect(opened).toHaveCount(await steps.count());
    await expect(step(page, 'Registry ping')).toContainText('https://basic.clinic.test/v2/');
    await page.keyboard.press('e');
    await expect(opened).toHaveCount(0);
  });

  test('a link from the verdict leads to the step that it rests on', async ({ page, host }) => {
    await diagnose(page, host.image('wrong password'));
    await page
      .getByRole('button', { name: /^Evidence: / })
      .first()
      .click();
    await expect(page).toHaveURL(/\?step=\w+$/);
    const name = new URL(page.url()).searchParams.get('step');
    await expect(page.locator(`button[data-step=${name}]`)).toBeFocused();
    await expect(page.locator(`button[data-step=${name}]`)).toHaveAttribute('aria-expanded', 'true');
  });
});

describeInBrowser('secrets', () => {
  test('the copied report has every step and no secret', async ({ page, host }) => {
    await diagnose(page, host.image('wrong password'));
    await page.getByRole('button', { name: 'Copy report' }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    const report = await readClipboard(page);
    expect(report).toContain('token.clinic.test refuses this credential.');
    for (const name of ['Reference', 'Credentials', 'Registry ping', 'Token', 'Manifest', 'Daemon'])
      expect(report).toContain(`## ${name}: `);
    expect(report).toContain('token.clinic.test/team/app:1.0');
    expect(host.secrets.filter((secret) => report.includes(secret))).toEqual([]);
  });

  test('a password that was sent to a registry is in no answer of the server', async ({ page, host }) => {
    const answers: string[] = [];
    // read on the way: the browser forgets the body of an answer that a newer one has replaced
    await page.route(/\/api\/v1\/(diagnoses|host)/, async (route) => {
      const response = await route.fetch();
      answers.push(await response.text());
      await route.fulfill({ response });
    });
    await diagnose(page, host.image('works'));
    await page.keyboard.press('e');
    const seen = [await page.content(), ...answers].join('\n');
    // the user is no secret: were it missing, nothing had been looked at
    expect(seen).toContain('alice');
    expect(host.secrets.filter((secret) => seen.includes(secret))).toEqual([]);
  });

  test('secrets in a pasted error are hidden before anything is sent', async ({ page, host }) => {
    const planted = ['ghp_PlantedPlantedPlanted00', 'planted-password', 'cGxhbnRlZDpwbGFudGVk'];
    const text = `denied: ${host.image('no scope')} https://robot:planted-password@ghcr.io/ token ghp_PlantedPlantedPlanted00 Authorization: Basic cGxhbnRlZDpwbGFudGVk`;
    const bodies: string[] = [];
    page.on('request', (request) => bodies.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.goto('/diagnose');
    await copyToClipboard(page, text);
    await field(page).press('ControlOrMeta+v');
    await expect(page.getByRole('list', { name: 'Recognised' })).toContainText('3 secrets hidden');
    const shown = await field(page).inputValue();
    await field(page).press('Enter');
    await expect(page.getByRole('button', { name: 'Copy report' })).toBeVisible();
    const sent = bodies.join('\n');
    expect(sent).toContain('[redacted]');
    for (const secret of planted) {
      expect(shown).not.toContain(secret);
      expect(sent).not.toContain(secret);
    }
  });

  test('secrets in a typed command are hidden when it is sent', async ({ page, host }) => {
    const bodies: string[] = [];
    page.on('request', (request) => bodies.push(request.postData() ?? ''));
    await start(page, `docker login -p hunter2hunter2 && docker pull ${host.image('no tag')}`);
    await expect(page.getByRole('button', { name: 'Copy report' })).toBeVisible();
    expect(bodies.some((body) => body.includes('[redacted]'))).toBe(true);
    expect(bodies.filter((body) => body.includes('hunter2hunter2'))).toEqual([]);
  });
});

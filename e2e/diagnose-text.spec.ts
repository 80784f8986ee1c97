import type { Page, Request } from '@playwright/test';
import { findings } from './axe-findings.ts';
import {
  logAround,
  noLoginOfDocker,
  noLoginOfKubelet,
  noTagOfDocker,
  plainHttpOfKubelet,
  timeoutOfLogin,
} from './error-texts.ts';
import {
  badgeOf,
  copyToClipboard,
  describeInBrowser,
  diagnose,
  expect,
  field,
  readClipboard,
  step,
  test,
  verdictCard,
} from './journey.ts';

const chips = (page: Page) => page.getByRole('list', { name: 'Recognised' });
const imageField = (page: Page) => page.getByRole('textbox', { name: 'Which image is this about?' });
const tooLong = (page: Page) => page.getByRole('alert').filter({ hasText: 'can be read at once' });
const copyReport = (page: Page) => page.getByRole('button', { name: 'Copy report' });

/** Ctrl V with the focus on nothing that takes text. */
async function pasteAnywhere(page: Page, text: string): Promise<void> {
  await copyToClipboard(page, text);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page).toHaveURL(/\/diagnose$/);
}

/** Every request that leaves the page from now on. */
function requestsOf(page: Page): { starts: () => Request[]; text: () => string } {
  const all: Request[] = [];
  page.on('request', (request) => all.push(request));
  return {
    starts: () => all.filter((one) => one.method() === 'POST' && one.url().endsWith('/api/v1/diagnoses')),
    text: () => all.map((one) => `${one.url()} ${one.postData() ?? ''}`).join('\n'),
  };
}

/** How many rows the field shows, and whether it has more. */
const sizeOf = (page: Page) =>
  page.evaluate<{ rows: number; isCut: boolean }>(`(() => {
    const { clientHeight, scrollHeight } = document.querySelector('textarea');
    const { lineHeight } = getComputedStyle(document.querySelector('textarea'));
    return { rows: Math.floor(clientHeight / parseFloat(lineHeight)), isCut: scrollHeight > clientHeight };
  })()`);

const openText = async (page: Page) => {
  const line = step(page, 'Error text').getByRole('button').first();
  if ((await line.getAttribute('aria-expanded')) === 'false') await line.click();
  await expect(
    step(page, 'Error text').getByRole('heading', { name: 'What the text alone tells' }),
  ).toBeVisible();
};

describeInBrowser('an error text that somebody pasted', () => {
  test('can be kept, and stands among the pulls that failed', async ({ page, host }) => {
    // A repository of its own, since others count the failures of the staged one.
    await diagnose(page, noTagOfDocker(host.image('no tag').replace('/team/app:', '/team/kept:')));
    await page.getByRole('button', { name: 'Keep in the history' }).click();
    const link = page.getByRole('link', { name: 'See it in the history' });
    await expect(link).toBeVisible();
    await page.reload();
    await link.click();
    await expect(page).toHaveURL(/\/history\?attempt=/);
    const drawer = page.getByRole('dialog').or(page.getByRole('complementary')).last();
    await expect(drawer).toContainText('manifest unknown');
    await expect(drawer).toContainText('team/kept');
  });
});

describeInBrowser('pasting an error text', () => {
  test('outside of a field it opens Diagnose with it, says what it is, and waits for Enter', async ({
    page,
    host,
  }) => {
    const requests = requestsOf(page);
    const text = plainHttpOfKubelet(host.image('plain http'));
    await page.goto('/history');
    await pasteAnywhere(page, text);
    await expect(field(page)).toHaveValue(text);
    await expect(field(page)).toBeFocused();
    await expect(chips(page).getByRole('listitem')).toContainText([
      'Error text, Kubernetes',
      'plainhttp.clinic.test:5000',
      'ok/app:1',
      /^linux\//,
    ]);
    expect(requests.starts()).toHaveLength(0);

    await page.keyboard.press('Enter');
    await expect(copyReport(page)).toBeVisible();
    expect(requests.starts()).toHaveLength(1);
    await expect(verdictCard(page).getByText(badgeOf('plain-http-registry'), { exact: true })).toBeVisible();
  });

  test('several lines start nothing, Shift Enter adds one, and the field grows to ten rows', async ({
    page,
  }) => {
    const requests = requestsOf(page);
    await page.goto('/diagnose');
    await copyToClipboard(page, `${timeoutOfLogin}\n${'and a line more\n'.repeat(2)}`);
    await field(page).press('ControlOrMeta+v');
    await field(page).press('Shift+Enter');
    await expect(field(page)).toHaveValue(/line more\n\n$/);
    await expect(chips(page)).toContainText('Error text, Docker');
    expect(requests.starts()).toHaveLength(0);
    await expect(page).toHaveURL(/\/diagnose$/);

    expect(await sizeOf(page)).toMatchObject({ isCut: false });
    await field(page).fill(`${timeoutOfLogin}\n`.repeat(40));
    expect(await sizeOf(page)).toEqual({ rows: 10, isCut: true });
  });

  test('more than can be read is said before it is sent, and its end can be kept', async ({ page, host }) => {
    const requests = requestsOf(page);
    const last = noTagOfDocker(host.image('no tag'));
    await page.goto('/diagnose');
    await pasteAnywhere(page, `${logAround('nothing', 1200)}\n${last}`);
    await expect(tooLong(page)).toContainText('65,536 can be read at once');
    await field(page).press('Enter');
    await expect(page.getByRole('button', { name: 'Diagnose', exact: true })).toBeDisabled();
    expect(requests.starts()).toHaveLength(0);
    expect(requests.text()).not.toContain('checkpointed');

    await page.getByRole('button', { name: 'Keep the end' }).click();
    await expect(tooLong(page)).toHaveCount(0);
    await expect(chips(page)).toContainText('team/app:9.9');
    expect(await field(page).inputValue()).toMatch(/^Nov 24 [^\n]+checkpointed/);
    await field(page).press('Enter');
    await expect(verdictCard(page)).toContainText('9.9');
  });
});

describeInBrowser('secrets of an error text', () => {
  const planted = ['ghp_PlantedPlantedPlanted00', 'planted-password', 'cGxhbnRlZDpwbGFudGVk'];
  const textWith = (image: string) =>
    [
      '$ docker login ghcr.io -u octo -p ghp_PlantedPlantedPlanted00',
      `${noLoginOfDocker(image)} https://robot:planted-password@ghcr.io/`,
      'Authorization: Basic cGxhbnRlZDpwbGFudGVk',
    ].join('\n');
  const leaked = (text: string) => planted.filter((secret) => text.includes(secret));

  test('never leave the browser, and are marked and counted in the field', async ({ page, host }) => {
    const requests = requestsOf(page);
    await page.goto('/history');
    await pasteAnywhere(page, textWith(host.image('works')));
    await expect(chips(page)).toContainText('3 secrets hidden');
    await expect(field(page)).toHaveValue(/-p (ghp_)?\[redacted\]/);
    await field(page).press('Enter');
    await expect(copyReport(page)).toBeVisible();
    await page.keyboard.press('e');
    await expect(step(page, 'Error text')).toContainText('redacted');

    // the image arrived, so what left the browser was looked at
    expect(requests.text()).toContain('team/app');
    expect(requests.text()).toContain('[redacted]');
    expect(leaked(requests.text())).toEqual([]);
    expect(leaked(await page.content())).toEqual([]);
    expect(leaked(await field(page).inputValue())).toEqual([]);
  });

  test('do not come back by undo and redo', async ({ page, host }) => {
    const requests = requestsOf(page);
    await page.goto('/diagnose');
    await field(page).pressSequentially('before ');
    await copyToClipboard(page, textWith(host.image('works')));
    await field(page).press('ControlOrMeta+v');
    await expect(chips(page)).toContainText('3 secrets hidden');
    await field(page).press('ControlOrMeta+z');
    await expect(field(page)).toHaveValue('before ');
    await field(page).press('ControlOrMeta+Shift+z');
    await expect(field(page)).toHaveValue(/^before \$ docker login/);
    const seen = [await field(page).inputValue()];
    // everything undone, one step after the other
    for (let times = 0; times < 6; times += 1) {
      await field(page).press('ControlOrMeta+z');
      seen.push(await field(page).inputValue());
    }
    expect(leaked(seen.join('\n'))).toEqual([]);
    expect(leaked(requests.text())).toEqual([]);
  });

  test('are in no draft and in no storage, wherever the text is taken', async ({ page, host }) => {
    await page.goto('/history');
    await pasteAnywhere(page, textWith(host.image('works')));
    await pasteAnywhere(page, textWith(host.image('no tag')));
    await expect(field(page)).toHaveValue(/team\/app\/manifests\/9\.9/);
    const kept = await page.evaluate<string>(
      'JSON.stringify([location.href, history.state, { ...localStorage }, { ...sessionStorage }])',
    );
    expect(leaked(kept)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.goBack();
    await page.goForward();
    await expect(field(page)).toHaveValue('');
  });

  test('are not in the copied report, which has the reading of the text', async ({ page, host }) => {
    await page.goto('/history');
    await pasteAnywhere(page, textWith(host.image('works')));
    await field(page).press('Enter');
    await copyReport(page).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    const report = await readClipboard(page);
    expect(report).toContain('## Error text: done');
    expect(report).toContain('"no basic auth credentials"');
    expect(report).toContain('Credential: none was sent');
    expect(report).toContain(`${badgeOf('credentials-missing')}: likely`);
    expect(report).toMatch(/[3-9] values are hidden in this report/);
    expect(leaked(report)).toEqual([]);
  });
});

describeInBrowser('the image of an error text', () => {
  test('is asked for where the text names none, and the text can be judged alone', async ({ page, host }) => {
    const requests = requestsOf(page);
    await page.goto('/diagnose');
    await field(page).fill(timeoutOfLogin);
    await expect(imageField(page)).toBeVisible();
    await expect(imageField(page)).toHaveAccessibleDescription(
      /The text does not say\. With an image, its registry/,
    );
    await page.getByRole('button', { name: 'Diagnose the text alone' }).click();
    await expect(copyReport(page)).toBeVisible();
    await expect(verdictCard(page).getByText(badgeOf('connection-failure'), { exact: true })).toBeVisible();
    await expect(step(page, 'Reference')).toHaveAttribute('data-state', 'skipped');
    expect(requests.starts()[0]?.postDataJSON()).toEqual({ input: timeoutOfLogin, pull: false });

    // and later all the same, over the verdict
    await imageField(page).fill(host.image('no tag'));
    await imageField(page).press('Enter');
    await expect(verdictCard(page)).toContainText('9.9');
    expect(requests.starts()[1]?.postDataJSON()).toMatchObject({ image: host.image('no tag') });
    await expect(imageField(page)).toHaveValue(host.image('no tag'));
    await expect(field(page)).toHaveValue(timeoutOfLogin);
  });

  test('is not asked for where the text names one', async ({ page, host }) => {
    await page.goto('/diagnose');
    await field(page).fill(noTagOfDocker(host.image('no tag')));
    await expect(chips(page)).toContainText('team/app:9.9');
    await expect(imageField(page)).toHaveCount(0);
  });

  test('is said where the text tells of several failures, and another one can be diagnosed', async ({
    page,
    host,
  }) => {
    const requests = requestsOf(page);
    const first = noTagOfDocker(host.image('no tag'));
    const second = plainHttpOfKubelet(host.image('plain http'));
    await page.goto('/diagnose');
    await field(page).fill(`${first}\n\n${second}`);
    await expect(page.getByText('This text tells of 2 failures.')).toContainText(
      `${host.image('no tag')} is diagnosed.`,
    );
    await field(page).press('Enter');
    await expect(copyReport(page)).toBeVisible();
    await openText(page);
    const text = step(page, 'Error text');
    await expect(text).toContainText(`Diagnosed is ${host.image('no tag')}`);
    await expect(text.getByRole('heading', { name: '1 further failure in this text' })).toBeVisible();
    await text.getByRole('button', { name: `Diagnose ${host.image('plain http')}` }).click();
    await expect(verdictCard(page).getByText(badgeOf('plain-http-registry'), { exact: true })).toBeVisible();
    expect(requests.starts()[1]?.postDataJSON()).toMatchObject({ image: host.image('plain http') });
    await expect(imageField(page)).toHaveValue(host.image('plain http'));
  });
});

describeInBrowser('reading an error text', () => {
  test('what decided is marked over the verdict and in its step, which says what it means', async ({
    page,
    host,
  }) => {
    const phrase = 'server gave HTTP response to HTTPS client';
    await diagnose(page, plainHttpOfKubelet(host.image('plain http')));
    await expect(page.getByRole('main').locator('form mark')).toHaveText(phrase);

    const card = verdictCard(page);
    await expect(card).toContainText(phrase);
    await card.getByRole('button', { name: 'Evidence: Error text' }).click();
    await expect(page).toHaveURL(/\?step=text$/);
    await expect(page.locator('button[data-step=text]')).toBeFocused();
    const text = step(page, 'Error text');
    // the number stands for those who see no colours
    await expect(text.locator('mark')).toHaveText(`${phrase}1`);
    await expect(text).toContainText('The registry speaks plain HTTP');
    await expect(text).toContainText('What decides:');
    for (const [label, value] of [
      ['Printed by', 'Kubernetes'],
      ['Image', host.image('plain http')],
      ['HTTP status', 'not in the text'],
      ['Credential', 'not in the text'],
      ['Time', 'not in the text'],
    ] as const)
      await expect(text.locator('dl > div').filter({ hasText: label }).first()).toContainText(value);

    // marks belong to the text that was diagnosed, not to another one
    await field(page).press('End');
    await field(page).pressSequentially('x');
    await expect(page.getByRole('main').locator('form mark')).toHaveCount(0);
  });

  test('a text that the registry agrees with is evidence beside it', async ({ page, host }) => {
    await diagnose(page, noTagOfDocker(host.image('no tag')));
    const card = verdictCard(page);
    await expect(card.getByText(badgeOf('tag-not-found'), { exact: true })).toBeVisible();
    await expect(card.getByRole('button', { name: 'Evidence: Error text' })).toBeVisible();
    await expect(card.getByRole('button', { name: 'Evidence: Manifest' })).toBeVisible();
  });

  test('a text that the registry no longer agrees with is said to be outlived', async ({ page, host }) => {
    await diagnose(page, noLoginOfDocker(host.image('works')));
    const card = verdictCard(page);
    await expect(card.getByText('Pulls', { exact: true })).toBeVisible();
    await expect(card.getByRole('heading', { level: 1 })).toContainText('"no basic auth credentials"');
    await openText(page);
    await expect(
      step(page, 'Error text').getByText(badgeOf('credentials-missing'), { exact: true }),
    ).toBeVisible();
  });

  test('what another program says is told beside a pull that works here', async ({ page, host }) => {
    await diagnose(page, noLoginOfKubelet(host.image('works')));
    const card = verdictCard(page);
    await expect(card.getByText('Pulls', { exact: true })).toBeVisible();
    await expect(card.getByRole('heading', { level: 2, name: 'What your text tells' })).toBeVisible();
    await expect(card.getByText(badgeOf('credentials-missing'), { exact: true }).first()).toBeVisible();
    await expect(card).toContainText('imagePullSecrets');
    await card.getByRole('button', { name: 'Evidence: Error text' }).click();
    await expect(step(page, 'Error text').locator('mark')).toHaveText(/no basic auth credentials\d/);
  });

  test('of a long log the lines around what decided are shown, and all of them when asked for', async ({
    page,
    host,
  }) => {
    await diagnose(page, logAround(noTagOfDocker(host.image('no tag')), 200));
    await openText(page);
    const lines = step(page, 'Error text').locator('pre');
    await expect(lines.locator('mark').first()).toBeVisible();
    await expect(lines).toContainText('98 lines left out');
    await expect(lines).not.toContainText('checkpointed 3"');
    await page.getByRole('button', { name: 'Show all 201 lines' }).click();
    await expect(lines).toContainText('checkpointed 3"');
    await expect(lines).not.toContainText('left out');
    await page.getByRole('button', { name: 'Show what decided' }).click();
    await expect(lines).not.toContainText('checkpointed 3"');
  });

  test('each cause that it may be leads to the page about it', async ({ page, host }) => {
    await diagnose(page, noLoginOfDocker(host.image('private')));
    const card = verdictCard(page);
    await expect(card.getByRole('link', { name: /^More about/ })).toHaveAttribute(
      'href',
      /^\/causes\/[a-z-]+$/,
    );
    await openText(page);
    await step(page, 'Error text')
      .getByRole('link', { name: badgeOf('helper-missing') })
      .click();
    await expect(page).toHaveURL(/\/causes\/helper-missing$/);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.goBack();
    await expect(verdictCard(page)).toBeVisible();
  });

  test('the keyboard alone leads from the paste to the meaning of each phrase', async ({ page, host }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await copyToClipboard(page, plainHttpOfKubelet(host.image('plain http')));
    await page.keyboard.press('ControlOrMeta+v');
    await expect(chips(page)).toContainText('Error text');
    await page.keyboard.press('Enter');
    await expect(copyReport(page)).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await expect(page.locator('button[data-step=text]')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(step(page, 'Error text').locator('mark')).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(step(page, 'Error text').locator('pre')).toBeFocused();
    const address = page.url();
    await page.keyboard.press('r');
    await expect(page).not.toHaveURL(address);
    await expect(copyReport(page)).toBeVisible();
  });
});

describeInBrowser('an error text on the narrowest screen', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('scrolls no page sideways, and leaves room for the verdict', async ({ page, host }) => {
    const width = () => page.evaluate<number>('document.documentElement.scrollWidth');
    await page.goto('/diagnose');
    await field(page).fill(timeoutOfLogin);
    await expect(imageField(page)).toBeVisible();
    expect(await width()).toBe(320);
    const log = logAround(noTagOfDocker(host.image('no tag')), 60);
    await diagnose(page, `${log}\n${'x'.repeat(3000)}\n${plainHttpOfKubelet(host.image('plain http'))}`);
    await openText(page);
    await expect(step(page, 'Error text')).toContainText('further failure');
    expect(await width()).toBe(320);
    await page.getByRole('button', { name: /^Show all/ }).click();
    expect(await width()).toBe(320);
    // the whole text comes back to whoever goes there
    expect(await sizeOf(page)).toEqual({ rows: 4, isCut: true });
    await field(page).focus();
    expect(await sizeOf(page)).toEqual({ rows: 10, isCut: true });
  });
});

describeInBrowser('with an error text, axe finds nothing on', () => {
  test('the field that asks for the image', async ({ page }) => {
    await page.goto('/diagnose');
    await copyToClipboard(page, `${timeoutOfLogin}\nAuthorization: Basic cGxhbnRlZDpwbGFudGVk`);
    await field(page).press('ControlOrMeta+v');
    await expect(imageField(page)).toBeVisible();
    await expect(chips(page)).toContainText('1 secret hidden');
    expect(await findings(page)).toEqual([]);
  });

  test('the field with more than can be read', async ({ page }) => {
    await page.goto('/diagnose');
    await field(page).fill(logAround('nothing', 1200));
    await expect(tooLong(page)).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test('a verdict with the text open, its phrases marked', async ({ page, host }) => {
    await diagnose(page, plainHttpOfKubelet(host.image('plain http')));
    await openText(page);
    expect(await findings(page)).toEqual([]);
  });

  test('a long text that tells of several failures', async ({ page, host }) => {
    const log = logAround(noTagOfDocker(host.image('no tag')), 60);
    await diagnose(page, `${log}\n${plainHttpOfKubelet(host.image('plain http'))}`);
    await openText(page);
    await expect(step(page, 'Error text')).toContainText('further failure');
    expect(await findings(page)).toEqual([]);
  });
});

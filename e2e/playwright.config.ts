import { defineConfig } from '@playwright/test';
import { executablePath } from './browser.ts';

export default defineConfig({
  testDir: '.',
  // beside the report, since Playwright empties this folder at its start
  outputDir: 'test-results/artifacts',
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  // one staged host for all journeys, and two processors in CI
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 8_000 },
  use: {
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--headless',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

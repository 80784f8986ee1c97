import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const themes = ['light', 'dark'] as const;
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** What axe finds on the page as it stands, in both themes and at both sizes; one line for each finding and place. */
export async function findings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page })
        .options({ runOnly: tags, resultTypes: ['violations'] })
        // without frames, the page that it opens to join their results is not needed
        .setLegacyMode(true)
        .analyze();
      for (const { id, nodes } of violations)
        for (const { target, failureSummary } of nodes)
          found.push(`${id} at ${target.join(' ')} (${colorScheme}, ${size.width} px): ${failureSummary}`);
    }
  }
  return found;
}

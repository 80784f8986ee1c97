import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const folders = ['packages', 'apps']
  .flatMap((parent) => readdirSync(parent).map((name) => path.join(parent, name)))
  .concat('prisma', 'e2e', 'bench')
  .map((folder) => path.join(folder, 'test-results'));

/** Old reports must not be counted: turbo puts back those of tasks that it did not need to run again. */
export function clearReports() {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Adds up the JSON reports of vitest and Playwright: `{ passed, failed, skipped, skips: [{ name, times }] }`. */
export function sumReports() {
  const sums = { passed: 0, failed: 0, skipped: 0 };
  const names = new Map();
  for (const report of reportFiles().map((file) => JSON.parse(readFileSync(file, 'utf8')))) {
    // Tests may leave other files beside the reports.
    if (!report.suites && !report.testResults) continue;
    const tests = report.suites ? playwrightTests(report.suites) : vitestTests(report);
    for (const { name, outcome } of tests) {
      sums[outcome] += 1;
      if (outcome === 'skipped') names.set(name, (names.get(name) ?? 0) + 1);
    }
    // A file that cannot be loaded has no tests to count, and is a failure all the same.
    if (!report.suites)
      sums.failed += report.testResults.filter(
        (one) => one.status === 'failed' && one.assertionResults.length === 0,
      ).length;
  }
  return { ...sums, skips: [...names].map(([name, times]) => ({ name, times })) };
}

function reportFiles() {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => path.join(folder, name)),
    );
}

function vitestTests({ testResults }) {
  const outcomes = {
    passed: 'passed',
    failed: 'failed',
    pending: 'skipped',
    skipped: 'skipped',
    todo: 'skipped',
    disabled: 'skipped',
  };
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      name: fullName,
      outcome: outcomes[status] ?? 'failed',
    })),
  );
}

function playwrightTests(suites) {
  const outcomes = { expected: 'passed', flaky: 'passed', unexpected: 'failed', skipped: 'skipped' };
  return suites.flatMap((suite) => [
    ...playwrightTests(suite.suites ?? []),
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests.map(({ status }) => ({ name: `${suite.title} ${title}`, outcome: outcomes[status] ?? 'failed' })),
    ),
  ]);
}

import { defineConfig } from 'vitest/config';

/** Tests with real daemons; they run through src/bin/in-namespace.ts, where no packet can leave the machine. */
export const namespaceTests = ['test/faults-daemon.test.ts', 'test/faults-command-line.test.ts'];

export default defineConfig({
  test: {
    include: namespaceTests,
    // one daemon pulls many images at once; most of the slow rows only wait
    maxConcurrency: 16,
    testTimeout: 70_000,
    hookTimeout: 60_000,
    // both files start daemons and own 10.77.0.x
    fileParallelism: false,
  },
});

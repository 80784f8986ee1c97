import { defineConfig } from 'vitest/config';

// Each row has an application and a database of its own: a few at a time keep their time-outs honest on two cores. The
// servers of the rows have fixed addresses in the namespace, so one file comes after the other.
export default defineConfig({
  test: {
    include: ['test/faults.test.ts', 'test/heard-faults.test.ts'],
    maxConcurrency: 6,
    pool: 'forks',
    fileParallelism: false,
  },
});

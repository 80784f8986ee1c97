import { defineConfig } from 'vitest/config';

// Each row has an application and a database of its own: a few at a time keep their time-outs honest on two cores.
export default defineConfig({ test: { include: ['test/faults.test.ts'], maxConcurrency: 6, pool: 'forks' } });

import { defineConfig } from 'vitest/config';

// The staged faults run in a network namespace of their own: vitest.faults.config.ts.
export default defineConfig({
  test: { exclude: ['test/faults.test.ts', 'test/heard-faults.test.ts', '**/node_modules/**', '**/dist/**'] },
});

import { defineConfig } from 'vitest/config';
import { namespaceTests } from './vitest.namespace.config.ts';

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], exclude: namespaceTests, testTimeout: 20_000, hookTimeout: 30_000 },
});

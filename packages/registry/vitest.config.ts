import { defineConfig } from 'vitest/config';

// Hostile servers are waited for until their time is up, and a busy machine takes its own time besides.
export default defineConfig({ test: { testTimeout: 20_000 } });

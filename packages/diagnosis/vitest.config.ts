import { defineConfig } from 'vitest/config';

// Everything here is pure, so files can share a worker: the modules are loaded once, not once for each of 58 files.
export default defineConfig({ test: { isolate: false } });

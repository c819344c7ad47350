import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Long enough for a busy machine; what comes at all comes sooner.
    expect: { poll: { timeout: 10_000 } },
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-server.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});

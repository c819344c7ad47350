import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // These end what hangs. They are long enough for a busy machine; what comes at all comes sooner.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-server.ts'],
    // As many as there are cores: most of the time of the long ones is waiting for servers, timers and processes.
    maxWorkers: availableParallelism(),
  },
});

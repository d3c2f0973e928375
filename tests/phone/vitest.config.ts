import { defineConfig } from 'vitest/config'
import { PATIENCE_MS } from '../support/pbx/patience.ts'

/**
 * The tests on real telephone servers. They have a configuration of their own, because build/phoneTests.mjs starts them in
 * a network of their own; an ordinary `vitest run` knows nothing of them.
 */
export default defineConfig({
  test: {
    name: 'phone',
    include: ['tests/phone/**/*.test.ts'],
    globalSetup: 'tests/phone/sayWhatIsMissing.ts',
    // Each file brings up servers, telephones and sound in real time: one at a time, so that nothing is late.
    fileParallelism: false,
    testTimeout: 4 * PATIENCE_MS,
    hookTimeout: 4 * PATIENCE_MS,
    // Several processes are concerned in whatever a test here waits for.
    expect: { poll: { timeout: PATIENCE_MS } },
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
})

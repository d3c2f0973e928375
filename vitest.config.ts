import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Both cores of a machine that has two: left to itself it keeps one free.
    maxWorkers: '100%',
    // Only what hangs is given up: how long a test works says how busy the machine is. Ten seconds of work have taken a minute.
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // What a test waits for may be another process's to do.
    expect: { poll: { timeout: 20_000 } },
    // A shared CI machine may stall for seconds; at a desk a test that passes at the second try hides a fault.
    retry: process.env['CI'] === undefined ? 0 : 1,
    projects: [
      {
        extends: true,
        test: { name: 'parts', include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/{integration,migrations,simulation,support}/**/*.test.ts'] },
      },
      {
        // Real processes that are started and killed: one file at a time, when the rest is done.
        extends: true,
        test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], globalSetup: 'tests/faults/support/programs.ts', fileParallelism: false, sequence: { groupOrder: 1 }, testTimeout: 600_000 },
      },
    ],
  },
})

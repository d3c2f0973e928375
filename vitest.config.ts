import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/{integration,migrations,simulation,support}/**/*.test.ts'],
    testTimeout: 60_000,
    // A shared CI machine may stall for seconds; at a desk a test that passes at the second try hides a fault.
    retry: process.env['CI'] === undefined ? 0 : 1,
  },
})

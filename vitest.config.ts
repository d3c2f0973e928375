import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/{integration,migrations,simulation,support}/**/*.test.ts'],
    testTimeout: 60_000,
  },
})

import { defineConfig } from '@playwright/test'

/** `npm run screenshots`: the pictures in docs/screens, of the same screens that everyScreen.spec.ts looks at. */
export default defineConfig({
  testDir: '.',
  globalSetup: '../support/buildBefore.ts',
  outputDir: '../../test-results/screens',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 1,
  reporter: 'list',
})

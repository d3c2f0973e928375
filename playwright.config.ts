import { defineConfig } from '@playwright/test'
import type { HostKind } from './tests/support/driver.ts'

/** The whole application in a real browser. Every test brings up a Baton of its own (tests/support/driver.ts). */
export default defineConfig<object, { readonly hostKind: HostKind }>({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/buildBefore.ts',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  // At a desk a test that passes at the second try hides a fault. A shared CI machine may stall for seconds: there it
  // is tried once more, and Playwright's list still names it as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  projects: [
    { name: 'web', testIgnore: ['**/electron/**', '**/phone/**'], use: { hostKind: 'web' } },
    // What only Electron does, and what is tagged to run in it as well.
    { name: 'electron', testIgnore: '**/phone/**', grep: /@electron/, use: { hostKind: 'electron' } },
    // On real telephone servers: only in the network of their own that build/phoneTests.mjs makes, and one at a time.
    ...(process.env['BATON_PHONE_TESTS'] === undefined ? [] : [{ name: 'phone', testMatch: '**/phone/**/*.spec.ts', workers: 1, expect: { timeout: 60_000 }, use: { hostKind: 'web' as const } }]),
  ],
})

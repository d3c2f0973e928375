import { expect, test } from '../../support/driver.ts'

test.describe('Electron keeps the page where it belongs', { tag: '@electron' }, () => {
  test('the page has no Node and no Electron, only the bridge', async ({ page }) => {
    const found = await page.evaluate(() => ({
      process: typeof (globalThis as { process?: unknown }).process,
      require: typeof (globalThis as { require?: unknown }).require,
      bridge: Object.keys((globalThis as { baton?: object }).baton ?? {}).sort(),
    }))
    expect(found).toEqual({ process: 'undefined', require: 'undefined', bridge: ['onClose', 'onFrame', 'send'] })
  })

  test('navigating away is refused', async ({ page }) => {
    const before = page.url()
    // Reached or not, a page that was let go leaves its address; one that was held never says so, hence the limit.
    const left = page.waitForEvent('framenavigated', { timeout: 2000 }).then(
      () => true,
      () => false,
    )
    await page.evaluate(() => {
      location.href = 'https://example.com/'
    })
    expect(await left).toBe(false)
    expect(page.url()).toBe(before)
  })

  test('opening a window is refused', async ({ page }) => {
    expect(await page.evaluate(() => window.open('app://baton/') === null)).toBe(true)
  })

  test('a path cannot lead out of the built page', async ({ page }) => {
    const statuses = await page.evaluate(async () => {
      const paths = ['/../package.json', '/..%2f..%2fpackage.json', '/assets/../../main/electron.js', '//etc/passwd']
      return Promise.all(paths.map(async (path) => (await fetch(`app://baton${path}`).catch(() => ({ status: 404 }))).status))
    })
    expect(statuses).toEqual([404, 404, 404, 404])
  })

  test('permissions are refused', async ({ page }) => {
    expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe('denied')
  })
})

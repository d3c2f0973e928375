import { expect, test } from '../support/driver.ts'

test('a fresh data folder opens on the first screen', { tag: '@electron' }, async ({ page }) => {
  await expect(page).toHaveTitle(/Baton/)
  await expect(page.getByRole('button', { name: /sample company/i })).toBeVisible()
})

test('the token leaves the address and a reload still works', async ({ baton, page }) => {
  expect(new URL(page.url()).search).toBe('')
  await page.reload()
  await expect(page).toHaveTitle(/Baton/)
  expect(await page.evaluate(() => document.cookie)).toBe('')
  expect(baton.output()).not.toContain('fault')
})

test('nothing the page does is against its content security policy', async ({ baton, page }) => {
  const violations: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
  await page.reload()
  await expect(page.getByRole('button', { name: /sample company/i })).toBeVisible()
  expect(violations).toEqual([])
  expect(baton.host).toBe('web')
})

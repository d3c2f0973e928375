import { expect, type Page } from '@playwright/test'

/** One screen as somebody would have it before them. */
export interface Screen {
  /** Also the name of its picture. */
  readonly name: string
  /** Brings it before the person; the page may stand anywhere, but nothing floats over it. */
  open(page: Page): Promise<void>
  /** Puts away what floats, so that the next screen can be opened. */
  leave?(page: Page): Promise<void>
}

/** Opens an address; the mouse points at nothing. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to
  }, hash)
  await page.mouse.move(0, 0)
}

/** Waits until the screen has its rows or says that there are none, and its fonts. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('main').getByRole('heading').first()).toBeAttached()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}

/** A screen that its address opens. */
export function place(name: string, hash: string): Screen {
  return {
    name,
    async open(page) {
      await goTo(page, hash)
      await settled(page)
    },
  }
}

import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

export interface AxeOptions {
  /** Leaves out the rows of long lists after the first twelve: they are all made alike, and axe takes a second for ten. */
  readonly fewRows?: boolean
  /** Only the contrast of colors, which is all that another theme changes. */
  readonly contrastOnly?: boolean
}

/** What axe objects to in the page as it stands: rule and element. */
export async function accessibilityFaults(page: Page, { fewRows = false, contrastOnly = false }: AxeOptions = {}): Promise<readonly string[]> {
  // A screen that is still on its way has nothing to look at.
  await page.locator('h1').first().waitFor({ state: 'attached' })
  const axe = new AxeBuilder({ page })
  if (fewRows) axe.exclude('[role=rowgroup] > [role=row]:nth-child(n + 13)')
  if (contrastOnly) axe.withRules(['color-contrast'])
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} (${node.target.join(' ')})`))
}

/** No violation of any rule of axe; the message names rule and element. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([])
}

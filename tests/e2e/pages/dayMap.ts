import { expect, type Locator, type Page } from '@playwright/test'

/** The map of the day: its canvas, and the list beside it that says the same. */
export class DayMap {
  readonly #page: Page
  readonly surface: Locator
  readonly visits: Locator
  readonly technicians: Locator

  constructor(page: Page) {
    this.#page = page
    this.surface = page.getByRole('application', { name: /^Map/ })
    this.visits = page.getByRole('grid', { name: 'Visits on the map' })
    this.technicians = page.getByRole('grid', { name: 'Technicians on the map' })
  }

  async open(query = ''): Promise<void> {
    await this.#page.evaluate((hash) => (location.hash = hash), `#/map${query}`)
    await expect(this.surface).toBeVisible()
    await expect(this.#page.locator('[aria-busy=true]')).toHaveCount(0)
    await expect(this.surface).toHaveAttribute('data-zoom', /\d/)
  }

  /** The visit that is chosen in the list. */
  get chosen(): Locator {
    return this.visits.getByRole('row', { selected: true })
  }

  /** Where one looks, as the window keeps it. */
  view(): Promise<{ readonly x: number; readonly y: number; readonly zoom: number }> {
    return this.surface.evaluate((surface) => JSON.parse(surface.dataset['view'] ?? '{}') as { x: number; y: number; zoom: number })
  }

  /** What a person sees of it: the picture of the canvas. */
  picture(): Promise<string> {
    return this.surface.locator('canvas').evaluate(async (canvas) => {
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
      return (canvas as HTMLCanvasElement).toDataURL()
    })
  }

  panel(name: RegExp | string): Locator {
    return this.#page.getByRole('complementary', { name })
  }
}

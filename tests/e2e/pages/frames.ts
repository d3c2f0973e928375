import type { Page } from '@playwright/test'

/** Holds back what the page asks to do with its next frame, as a busy machine does, until the answer is called. */
export async function heldFrames(page: Page): Promise<() => Promise<void>> {
  const held = await page.evaluateHandle(() => {
    const own = window.requestAnimationFrame
    const waiting: FrameRequestCallback[] = []
    window.requestAnimationFrame = (run) => waiting.push(run)
    return {
      draw: () => {
        window.requestAnimationFrame = own
        for (const run of waiting) run(performance.now())
      },
    }
  })
  return () => held.evaluate(({ draw }) => draw())
}

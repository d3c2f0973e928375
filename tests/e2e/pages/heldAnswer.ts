import type { Page } from '@playwright/test'

interface Frame {
  readonly t?: string
  readonly id?: number
  readonly method?: string
}

/**
 * Holds back the backend\u2019s answers to one method, as a busy machine does, until the answer of this is called; events still
 * come. Reloads the page, whose line must be its own.
 */
export async function heldAnswer(page: Page, method: string): Promise<() => void> {
  const asked = new Set<number>()
  let held: (() => void)[] | null = []
  await page.routeWebSocket(/.*/, (line) => {
    const backend = line.connectToServer()
    line.onMessage((message) => {
      const frame = JSON.parse(message.toString()) as Frame
      if (frame.method === method && frame.id !== undefined) asked.add(frame.id)
      backend.send(message)
    })
    backend.onMessage((message) => {
      const { t, id } = JSON.parse(message.toString()) as Frame
      if (held && (t === 'ok' || t === 'err') && id !== undefined && asked.has(id)) held.push(() => line.send(message))
      else line.send(message)
    })
  })
  await page.reload()
  return () => {
    const late = held ?? []
    held = null
    for (const send of late) send()
  }
}

import type { Page, WebSocketRoute } from '@playwright/test'

interface Held {
  readonly id: number
  readonly route: WebSocketRoute
  readonly go: () => void
}

/** Holds back what a page asks by one method, so that a person has gone on before it is answered. Web host only. */
export class LateAnswers {
  #held: Held[] = []

  /** From the page's next load on. */
  async of(page: Page, method: string): Promise<void> {
    await page.routeWebSocket('**/ws', (route) => {
      const server = route.connectToServer()
      route.onMessage((message) => {
        const go = (): void => server.send(message)
        const frame = JSON.parse(String(message)) as { readonly id: number; readonly method?: string }
        if (frame.method === method) this.#held.push({ id: frame.id, route, go })
        else go()
      })
    })
  }

  get waiting(): number {
    return this.#held.length
  }

  /** Lets what waits be answered. */
  release(): void {
    for (const { go } of this.#held.splice(0)) go()
  }

  refuse(message: string): void {
    for (const { id, route } of this.#held.splice(0)) route.send(JSON.stringify({ t: 'err', id, error: { code: 'test.refused', message } }))
  }
}

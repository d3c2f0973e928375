import type { Page, WebSocketRoute } from '@playwright/test'

interface Down {
  readonly since: number
  readonly reason: string
  readonly account: string
}

/**
 * Lets a page believe that its workstation’s telephone is gone, and back: the answers about it are changed on their way. What
 * the backend makes of a telephone that goes is tried in the integration tests. Web host only.
 */
export class LostTelephone {
  #down: Down | null = null
  #backups: readonly { readonly name: string; readonly number: string }[] = []
  readonly #routes = new Set<WebSocketRoute>()

  /** From the page's next load on. */
  async of(page: Page): Promise<void> {
    await page.routeWebSocket('**/ws', (route) => {
      const server = route.connectToServer()
      const asked = new Set<number>()
      this.#routes.add(route)
      route.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { readonly id: number; readonly method?: string }
        if (frame.method === 'phoneOffice.outage') asked.add(frame.id)
        server.send(message)
      })
      server.onMessage((message) => {
        const frame = JSON.parse(String(message)) as { readonly t: string; readonly id: number }
        if (frame.t === 'ok' && asked.delete(frame.id)) route.send(JSON.stringify({ ...frame, result: { down: this.#down, backups: this.#backups } }))
        else route.send(message)
      })
    })
  }

  lose(down: Down, backupNumber: string): void {
    this.#down = down
    this.#backups = [{ name: 'All lines', number: backupNumber }]
    this.#tell()
  }

  find(): void {
    this.#down = null
    this.#tell()
  }

  #tell(): void {
    for (const route of this.#routes) route.send(JSON.stringify({ t: 'evt', name: 'phoneOutage', payload: {} }))
  }
}

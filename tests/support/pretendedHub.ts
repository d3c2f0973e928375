import type { Page, WebSocketRoute } from '@playwright/test'
import type { HubState } from '../../src/shared/contract/methods/hub.ts'

/** Answers by method; what is missing goes through to the workstation\u2019s own backend. */
export type PretendedAnswers = Readonly<Record<string, unknown>>

interface Frame {
  readonly t?: string
  readonly id?: number
  readonly method?: string
}

/**
 * Answers some methods in the backend\u2019s place, so that a screen can be looked at in a state that takes a hub, a second
 * workstation and bad luck to bring about. How those states come about is tried elsewhere, on the real parts.
 */
export class PretendedHub {
  readonly #page: Page
  #answers: PretendedAnswers = {}
  #routed = false
  #line: WebSocketRoute | undefined

  constructor(page: Page) {
    this.#page = page
  }

  /** From now on, and over reloads, these methods are answered like this. Reloads the page, so that nothing of before is shown. */
  async answer(answers: PretendedAnswers): Promise<void> {
    this.#answers = answers
    if (!this.#routed) {
      this.#routed = true
      await this.#page.routeWebSocket(/.*/, (line) => this.#serve(line))
    }
    await this.#page.reload()
  }

  /** The line to the hub changes, as the backend tells every page. */
  become(state: HubState): void {
    this.#answers = { ...this.#answers, 'hub.state': state }
    this.#line?.send(JSON.stringify({ t: 'evt', name: 'hub', payload: state }))
  }

  #serve(line: WebSocketRoute): void {
    const backend = line.connectToServer()
    this.#line = line
    line.onMessage((message) => {
      const frame = JSON.parse(message.toString()) as Frame
      if (frame.t === 'req' && frame.method !== undefined && frame.method in this.#answers) {
        line.send(JSON.stringify({ t: 'ok', id: frame.id, result: this.#answers[frame.method] }))
      } else backend.send(message)
    })
    backend.onMessage((message) => line.send(message))
  }
}

import type { Page, WebSocketRoute } from '@playwright/test'
import type { HubState } from '../../src/shared/contract/methods/hub.ts'

/** An answer, or what becomes of the backend\u2019s own. */
type Answer = Readonly<Record<string, unknown>> | readonly unknown[] | ((real: never) => unknown)

/** Answers by method; what is missing goes through to the workstation\u2019s own backend. */
export type PretendedAnswers = Readonly<Record<string, Answer>>

interface Frame {
  readonly t?: string
  readonly id?: number
  readonly method?: string
  readonly result?: unknown
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
    const changed = new Map<number, (real: never) => unknown>()
    line.onMessage((message) => {
      const frame = JSON.parse(message.toString()) as Frame
      const answer = frame.t === 'req' && frame.method !== undefined ? this.#answers[frame.method] : undefined
      if (answer === undefined) return backend.send(message)
      if (typeof answer !== 'function') return line.send(JSON.stringify({ t: 'ok', id: frame.id, result: answer }))
      changed.set(frame.id ?? -1, answer)
      return backend.send(message)
    })
    backend.onMessage((message) => {
      const frame = JSON.parse(message.toString()) as Frame
      const change = frame.t === 'ok' ? changed.get(frame.id ?? -1) : undefined
      line.send(change ? JSON.stringify({ ...frame, result: change(frame.result as never) }) : message)
    })
  }
}

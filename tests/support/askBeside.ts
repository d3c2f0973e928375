import type { Page } from '@playwright/test'
import { SOCKET_PATH } from '../../src/shared/contract/bridge.ts'
import { PROTOCOL_VERSION } from '../../src/shared/contract/frames.ts'

export interface AskedBeside {
  readonly method: string
  readonly input: unknown
}

/**
 * Sends requests as the person signed in at a page, over a second connection beside the page's own: for what a spec
 * needs and does not try. Web host only.
 * @returns the answers in the order of the requests
 * @throws where one is refused
 */
export async function askBeside(page: Page, requests: readonly AskedBeside[]): Promise<readonly unknown[]> {
  return page.evaluate(
    ({ path, protocol, asked }) =>
      new Promise<readonly unknown[]>((resolve, reject) => {
        const socket = new WebSocket(`ws://${location.host}${path}`)
        const answers: unknown[] = []
        let answered = 0
        socket.addEventListener('open', () => {
          socket.send(JSON.stringify({ t: 'hello', protocol, clientId: sessionStorage.getItem('baton-client') }))
          asked.forEach(({ method, input }, index) => socket.send(JSON.stringify({ t: 'req', id: index + 1, method, input })))
        })
        socket.addEventListener('message', (event: MessageEvent<string>) => {
          const frame = JSON.parse(event.data) as { readonly t: string; readonly id: number; readonly result?: unknown; readonly error?: { readonly message: string } }
          if (frame.t === 'err') reject(new Error(frame.error?.message))
          if (frame.t !== 'ok') return
          answers[frame.id - 1] = frame.result
          answered += 1
          if (answered < asked.length) return
          socket.close()
          resolve(answers)
        })
      }),
    { path: SOCKET_PATH, protocol: PROTOCOL_VERSION, asked: requests },
  )
}

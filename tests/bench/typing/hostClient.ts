import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { newId } from '../../../src/shared/base/id.ts'
import { SOCKET_PATH } from '../../../src/shared/contract/bridge.ts'
import { PROTOCOL_VERSION, type ServerFrame } from '../../../src/shared/contract/frames.ts'
import type { DeskPage } from '../sync/webDesk.ts'

/** A page of a running web host without a browser: for what other people do while somebody types. */
export interface HostClient extends DeskPage {
  close(): void
}

interface Question {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

/** @param address as the host printed it, with its token */
export async function connectTo(address: string): Promise<HostClient> {
  const entered = await fetch(address, { redirect: 'manual' })
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const { origin, host } = new URL(address)
  const socket = new WebSocket(`ws://${host}${SOCKET_PATH}`, { headers: { cookie, origin } })
  await once(socket, 'open')
  const questions = new Map<number, Question>()
  let last = 0
  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame
    if (frame.t !== 'ok' && frame.t !== 'err') return
    const question = questions.get(frame.id)
    questions.delete(frame.id)
    if (frame.t === 'ok') question?.resolve(frame.result as never)
    else question?.reject(new Error(`${frame.error.code}: ${frame.error.message}`))
  })
  socket.send(JSON.stringify({ t: 'hello', protocol: PROTOCOL_VERSION, clientId: randomUUID() }))
  return {
    ask: (method, input, commandId = newId()) =>
      new Promise((resolve, reject) => {
        last += 1
        questions.set(last, { resolve, reject })
        socket.send(JSON.stringify({ t: 'req', id: last, method, input, commandId }))
      }),
    close: () => socket.close(),
  }
}

/** Signs in by name; everybody of the sample company has one PIN. */
export async function signInAs(client: HostClient, name: RegExp, pin: string): Promise<void> {
  const { people } = await client.ask<{ people: readonly { userId: string; name: string }[] }>('session.state', {})
  const person = people.find((candidate) => name.test(candidate.name))
  if (!person) throw new Error(`Nobody is called ${String(name)}`)
  await client.ask('session.signIn', { userId: person.userId, pin })
}

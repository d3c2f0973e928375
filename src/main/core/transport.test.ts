import { expect, test } from 'vitest'
import type { ServerFrame } from '../../shared/contract/frames.ts'
import { hostedTransport, memoryPair } from './transport.ts'

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
const reply: ServerFrame = { t: 'ok', id: 1, result: { name: 'O\u2019Brien' } }

test('frames cross in order, both ways, as JSON, and none that came early is lost', async () => {
  const { client, server } = memoryPair()
  client.send({ t: 'req', id: 1, dropped: undefined })
  client.send({ t: 'req', id: 2 })
  await settle()
  const arrived: unknown[] = []
  server.onFrame((frame) => arrived.push(frame))
  expect(arrived).toEqual([{ t: 'req', id: 1 }, { t: 'req', id: 2 }])

  server.send(reply)
  const answers: ServerFrame[] = []
  client.onFrame((frame) => answers.push(frame))
  expect(answers).toEqual([])
  await settle()
  expect(answers).toEqual([reply])
})

test('closing either end tells the other once, and nothing crosses afterwards', async () => {
  for (const side of ['client', 'server'] as const) {
    const pair = memoryPair()
    const closed: string[] = []
    const arrived: unknown[] = []
    pair.client.onClose(() => closed.push('client'))
    pair.server.onClose(() => closed.push('server'))
    pair.server.onFrame((frame) => arrived.push(frame))
    pair[side].close()
    pair[side].close()
    await settle()
    pair.client.send({ t: 'req' })
    pair.server.send(reply)
    await settle()
    expect(closed.toSorted()).toEqual(['client', 'server'])
    expect(arrived).toEqual([])
    let late = false
    pair.server.onClose(() => {
      late = true
    })
    expect(late).toBe(true)
  }
})

test('a hosted transport hangs up only when this side closes', () => {
  let hungUp = 0
  const wire: ServerFrame[] = []
  const open = (): ReturnType<typeof hostedTransport> =>
    hostedTransport(
      (frame) => wire.push(frame),
      () => hungUp++,
    )
  const left = open()
  left.gone()
  left.send(reply)
  expect({ hungUp, wire }).toEqual({ hungUp: 0, wire: [] })
  const closed = open()
  closed.close()
  closed.gone()
  expect(hungUp).toBe(1)
})

import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import type { PhoneCommand, PhoneEvent, PhonePort } from '../phone/port.ts'
import type { Shell } from './shell.ts'
import { hostWorker, type WorkerThread } from './workerHost.ts'
import type { FromWorker, ToWorker } from './workerMessages.ts'

class FakeWorker extends EventEmitter implements WorkerThread {
  readonly told: ToWorker[] = []
  terminated = false

  postMessage(message: ToWorker): void {
    this.told.push(message)
    if (message.kind === 'stop') this.say({ kind: 'stopped' })
  }

  terminate(): Promise<unknown> {
    this.terminated = true
    this.emit('exit', 0)
    return Promise.resolve()
  }

  say(message: FromWorker): void {
    this.emit('message', message)
  }
}

class FakePhone implements PhonePort {
  readonly sent: PhoneCommand[] = []
  closed = false
  tell: (event: PhoneEvent) => void = () => undefined

  send(command: PhoneCommand): void {
    this.sent.push(command)
  }

  listen(listener: (event: PhoneEvent) => void): () => void {
    this.tell = listener
    return () => undefined
  }

  close(): void {
    this.closed = true
  }
}

function setUp(shell: Partial<Shell> = {}) {
  const worker = new FakeWorker()
  const phone = new FakePhone()
  const logged: string[] = []
  const host = hostWorker(worker, {
    shell: { offerFile: () => Promise.resolve({ kind: 'canceled' }), notify: () => undefined, ...shell },
    phone,
    log: { info: () => undefined, warn: (event) => logged.push(event), error: (event) => logged.push(event) },
  })
  const page = () => {
    const frames: string[] = []
    let closed = 0
    const connection = host.connect({ send: (frame) => frames.push(frame), close: () => closed++ })
    return { frames, connection, closed: () => closed }
  }
  return { worker, phone, logged, host, page }
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

test('each page has a connection of its own', () => {
  const { worker, page } = setUp()
  const first = page()
  const second = page()
  first.connection.arrive('one')
  worker.say({ kind: 'frame', connection: 2, frame: 'for the second' })
  second.connection.gone()
  second.connection.arrive('too late')
  worker.say({ kind: 'frame', connection: 2, frame: 'nobody hears this' })
  worker.say({ kind: 'close', connection: 1 })
  expect(worker.told).toEqual([
    { kind: 'open', connection: 1 },
    { kind: 'open', connection: 2 },
    { kind: 'frame', connection: 1, frame: 'one' },
    { kind: 'close', connection: 2 },
  ])
  expect([first.frames, second.frames, first.closed(), second.closed()]).toEqual([[], ['for the second'], 1, 0])
})

test('the telephone and the shell are reached through the host', async () => {
  const { worker, phone, host } = setUp({ offerFile: ({ name }) => (name === 'bad' ? Promise.reject(new Error('Disk full')) : Promise.resolve({ kind: 'saved', path: `/saved/${name}` })) })
  const event: PhoneEvent = { kind: 'practiceDue', at: 1 }
  phone.tell(event)
  worker.say({ kind: 'phone', command: { kind: 'report' } })
  worker.say({ kind: 'offer', call: 1, file: { name: 'a.pdf', mime: 'application/pdf', bytes: new Uint8Array() } })
  worker.say({ kind: 'offer', call: 2, file: { name: 'bad', mime: 'text/csv', bytes: new Uint8Array() } })
  await settle()
  expect(phone.sent).toEqual([{ kind: 'report' }])
  expect(worker.told).toEqual([
    { kind: 'phone', event },
    { kind: 'offered', call: 1, delivery: { kind: 'saved', path: '/saved/a.pdf' }, failure: '' },
    { kind: 'offered', call: 2, delivery: null, failure: 'Disk full' },
  ])
  worker.say({ kind: 'ready', startupError: null })
  expect(await host.ready).toBeNull()
})

test('when the worker dies, every page is told and hung up on, and a later one hears why', async () => {
  const { worker, page, host, logged } = setUp()
  const open = page()
  worker.emit('error', new Error('out of memory'))
  worker.emit('exit', 1)
  expect(JSON.parse(open.frames[0] ?? '')).toMatchObject({ t: 'err', id: 0, error: { code: 'backend.stopped' } })
  expect([open.frames.length, open.closed()]).toEqual([1, 1])
  expect(logged).toEqual(['worker.died'])
  expect(await host.ready).toMatchObject({ code: 'backend.stopped' })

  const later = page()
  later.connection.arrive('{"t":"hello","protocol":1,"clientId":"x"}')
  later.connection.arrive('{"t":"req","id":7,"method":"session.state","input":{}}')
  later.connection.arrive('garbage')
  expect(later.frames.map((frame) => JSON.parse(frame))).toMatchObject([
    { t: 'hello', startupError: { code: 'backend.stopped' } },
    { t: 'err', id: 7, error: { code: 'backend.stopped' } },
  ])
  expect(later.closed()).toBe(1)
})

test('closing lets the backend finish and says nothing of a death', async () => {
  const { worker, phone, host, logged, page } = setUp()
  const open = page()
  await host.close()
  expect([worker.told.at(-1), worker.terminated, phone.closed, open.closed()]).toEqual([{ kind: 'stop' }, true, true, 1])
  expect([open.frames, logged]).toEqual([[], []])
})

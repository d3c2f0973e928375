import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type MemoryBackend, memoryBackend } from '../../../tests/support/memoryBackend.ts'
import { ID_PATTERN } from '../../shared/base/id.ts'
import { type Client, createClient } from './client.ts'
import { RequestError } from './errors.ts'
import { createQueryCache } from './queryCache.ts'

let backend: MemoryBackend
let client: Client

const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined)
const methods = (): readonly string[] => backend.received.flatMap((frame) => (frame.t === 'req' ? [frame.method] : []))

beforeEach(() => {
  vi.useFakeTimers()
  backend = memoryBackend()
  client = createClient({ connect: backend.connect, clientId: () => 'a-client-of-the-test', backOff: (attempt) => attempt * 100, patience: 5000 })
})

afterEach(() => {
  client.stop()
  vi.useRealTimers()
})

describe('the client', () => {
  test('says hello first, then what was asked before the connection stood', async () => {
    const asked = client.query('session.state', {})
    client.start()
    await settle()
    expect(backend.received).toEqual([
      { t: 'hello', protocol: 1, clientId: 'a-client-of-the-test' },
      { t: 'req', id: 1, method: 'session.state', input: {} },
    ])
    await expect(asked).resolves.toEqual({ echo: 'session.state' })
    expect(client.connection()).toMatchObject({ kind: 'online', version: '1.0.0' })
  })

  test('matches answers to requests whatever their order', async () => {
    client.start()
    await settle()
    backend.answer = () => undefined
    const first = client.query('session.state', {})
    const second = client.action('session.lock', { reason: 'asked' })
    backend.say({ t: 'ok', id: 2, result: 'second' })
    backend.say({ t: 'ok', id: 1, result: 'first' })
    await settle()
    await expect(first).resolves.toBe('first')
    await expect(second).resolves.toBe('second')
  })

  test('rejects with the backend\u2019s code, sentence and field', async () => {
    client.start()
    await settle()
    backend.answer = ({ id }) => ({ t: 'err', id, error: { code: 'people.unknown', message: 'This person is not in the office.', field: 'userId' } })
    const refused = await client.command('user.setPresence', { presence: 'away' }).catch((thrown: unknown) => thrown)
    expect(refused).toBeInstanceOf(RequestError)
    expect(refused).toMatchObject({ code: 'people.unknown', message: 'This person is not in the office.', field: 'userId' })
  })

  test('sends a second person\u2019s approval beside the input', async () => {
    client.start()
    await settle()
    void client.command('user.setPresence', { presence: 'away' }, { approval: { userId: 'u', pin: '1234' } })
    expect(backend.received.at(-1)).toMatchObject({ method: 'user.setPresence', approval: { userId: 'u', pin: '1234' } })
  })

  test('connects again with growing pauses and asks its queries once more', async () => {
    client.start()
    await settle()
    backend.answer = () => undefined
    const asked = client.query('session.state', {})
    backend.refuse = 2
    backend.drop()
    expect(client.connection().kind).toBe('offline')
    await vi.advanceTimersByTimeAsync(99)
    expect(backend.refuse).toBe(2)
    await vi.advanceTimersByTimeAsync(1 + 200)
    expect(backend.refuse).toBe(0)
    backend.answer = ({ id }) => ({ t: 'ok', id, result: 'late' })
    await vi.advanceTimersByTimeAsync(300)
    await expect(asked).resolves.toBe('late')
    expect(methods()).toEqual(['session.state', 'session.state'])
    expect(client.connection().kind).toBe('online')
  })

  test('sends a command whose answer was lost once more, under the same id', async () => {
    client.start()
    await settle()
    backend.answer = () => undefined
    const given = client.command('user.setPresence', { presence: 'away' })
    expect(client.waiting()).toBe(1)
    backend.drop()
    backend.answer = ({ id }) => ({ t: 'ok', id, result: { commandId: 'c', changed: [] } })
    await vi.advanceTimersByTimeAsync(100)
    await expect(given).resolves.toEqual({ commandId: 'c', changed: [] })
    const ids = backend.received.flatMap((frame) => (frame.t === 'req' ? [frame.commandId] : []))
    expect(ids).toEqual([expect.stringMatching(ID_PATTERN), ids[0]])
    expect(client.waiting()).toBe(0)
  })

  test('gives a command back with a sentence when its second answer is lost too', async () => {
    client.start()
    await settle()
    backend.answer = () => undefined
    const given = client.command('user.setPresence', { presence: 'away' }).catch((thrown: unknown) => thrown)
    backend.drop()
    await vi.advanceTimersByTimeAsync(100)
    backend.drop()
    expect(await given).toMatchObject({ code: 'connection.lost' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(methods()).toEqual(['user.setPresence', 'user.setPresence'])
  })

  test('never claims that nothing was saved of a command that went out', async () => {
    client.start()
    await settle()
    backend.answer = () => undefined
    const given = client.command('user.setPresence', { presence: 'away' }).catch((thrown: unknown) => thrown)
    backend.refuse = 1000
    backend.drop()
    await vi.advanceTimersByTimeAsync(5000)
    expect(await given).toMatchObject({ code: 'connection.lost' })

    backend.refuse = 0
    await vi.advanceTimersByTimeAsync(5000)
    const again = client.command('user.setPresence', { presence: 'away' }).catch((thrown: unknown) => thrown)
    backend.drop()
    backend.answer = ({ id }) => ({ t: 'err', id, error: { code: 'session.signedOut', message: 'Nobody is signed in at this page.' } })
    await vi.advanceTimersByTimeAsync(1000)
    expect(await again).toMatchObject({ code: 'connection.lost' })
  })

  test('gives an action back whose answer was lost: its effect may have happened', async () => {
    client.start()
    await settle()
    backend.answer = () => undefined
    const given = client.action('session.lock', { reason: 'asked' }).catch((thrown: unknown) => thrown)
    backend.drop()
    expect(await given).toMatchObject({ code: 'connection.lost' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(methods()).toEqual(['session.lock'])
  })

  test('gives a request back when no connection comes in time', async () => {
    backend.refuse = 1000
    client.start()
    const given = client.command('user.setPresence', { presence: 'away' }).catch((thrown: unknown) => thrown)
    await vi.advanceTimersByTimeAsync(5000)
    expect(await given).toMatchObject({ code: 'connection.none' })
    expect(methods()).toEqual([])
  })

  test('does not wait for ever for an answer that takes long, once it was sent', async () => {
    client.start()
    await settle()
    backend.answer = () => undefined
    const long = client.action('company.startSample', { seed: 1 })
    await vi.advanceTimersByTimeAsync(60_000)
    backend.say({ t: 'ok', id: 1, result: 'done' })
    await settle()
    await expect(long).resolves.toBe('done')
  })

  test('says that the backend could not open its store, or speaks another protocol', async () => {
    backend.hello = { t: 'hello', protocol: 1, version: '1', startupError: { code: 'store.newer', message: 'Made by a newer Baton.' } }
    client.start()
    await settle()
    expect(client.connection()).toMatchObject({ kind: 'failed', error: { code: 'store.newer' } })
    backend.hello = { t: 'hello', protocol: 2, version: '2', startupError: null }
    backend.drop()
    await vi.advanceTimersByTimeAsync(100)
    expect(client.connection().kind).toBe('outdated')
  })

  test('hands events to whoever listens, until they stop', async () => {
    client.start()
    await settle()
    const heard: string[] = []
    const stop = client.on('locked', ({ reason }) => heard.push(reason))
    backend.say({ t: 'evt', name: 'locked', payload: { reason: 'idle' } })
    await settle()
    stop()
    backend.say({ t: 'evt', name: 'locked', payload: { reason: 'asked' } })
    await settle()
    expect(heard).toEqual(['idle'])
  })
})

describe('the cache of answers', () => {
  const changed = (...tables: readonly string[]): void => backend.say({ t: 'evt', name: 'changed', payload: { tables, by: 'somebody' } })
  let answers: number

  const started = async () => {
    answers = 0
    backend.answer = ({ id }) => ({ t: 'ok', id, result: { answer: ++answers } })
    client.start()
    const cache = createQueryCache(client)
    await settle()
    return cache
  }

  test('asks once for many watchers and keeps the old answer while a newer one is on its way', async () => {
    const cache = await started()
    const seen: unknown[] = []
    cache.watch('session.state', {}, () => seen.push(cache.read('session.state', {})))
    cache.watch('session.state', {}, () => undefined)
    expect(cache.read('session.state', {})).toEqual({ data: undefined, error: null, pending: true })
    await settle()
    changed('user')
    await settle()
    expect(seen).toEqual([
      { data: { answer: 1 }, error: null, pending: false },
      { data: { answer: 2 }, error: null, pending: false },
    ])
  })

  test('asks again only where a table that the query reads has changed', async () => {
    const cache = await started()
    cache.watch('session.state', {}, () => undefined)
    await settle()
    changed('invoice', 'payment')
    await settle()
    expect(answers).toBe(1)
    changed('invoice', 'company')
    await settle()
    expect(answers).toBe(2)
  })

  test('keeps the same object where the answer is the same, so that nothing renders anew', async () => {
    const cache = await started()
    backend.answer = ({ id }) => ({ t: 'ok', id, result: { people: [1, 2] } })
    cache.watch('session.state', {}, () => undefined)
    await settle()
    const first = cache.read('session.state', {}).data
    changed('user')
    await settle()
    expect(cache.read('session.state', {}).data).toBe(first)
  })

  test('asks once more when rows change while an answer is on its way', async () => {
    const cache = await started()
    backend.answer = () => undefined
    cache.watch('session.state', {}, () => undefined)
    changed('user')
    changed('user')
    await settle()
    backend.answer = ({ id }) => ({ t: 'ok', id, result: 'after' })
    backend.say({ t: 'ok', id: 1, result: 'before' })
    await settle()
    expect(cache.read('session.state', {}).data).toBe('after')
    expect(methods()).toHaveLength(2)
  })

  test('keeps what it knew beside an error', async () => {
    const cache = await started()
    cache.watch('session.state', {}, () => undefined)
    await settle()
    backend.answer = ({ id }) => ({ t: 'err', id, error: { code: 'x', message: 'Not now.' } })
    cache.refetch('session.state', {})
    await settle()
    expect(cache.read('session.state', {})).toMatchObject({ data: { answer: 1 }, error: { code: 'x' } })
  })

  test('while held asks only what anyone may know, then everything', async () => {
    const cache = await started()
    cache.watch('promises.summary', {}, () => undefined)
    cache.watch('session.state', {}, () => undefined)
    await settle()
    backend.received.length = 0
    cache.hold(true)
    changed('promise', 'user')
    await settle()
    expect(methods()).toEqual(['session.state'])
    cache.hold(false)
    await settle()
    expect([...methods()].sort()).toEqual(['promises.summary', 'session.state', 'session.state'])
  })

  test('asks everything again after the connection was gone, for nothing was announced meanwhile', async () => {
    const cache = await started()
    cache.watch('session.state', {}, () => undefined)
    await settle()
    backend.drop()
    await vi.advanceTimersByTimeAsync(100)
    expect(cache.read('session.state', {}).data).toEqual({ answer: 2 })
  })

  test('forgets everything when another person signs in', async () => {
    const cache = await started()
    cache.watch('session.state', {}, () => undefined)
    await settle()
    cache.clear()
    expect(cache.read('session.state', {}).data).toBeUndefined()
    await settle()
    expect(cache.read('session.state', {}).data).toEqual({ answer: 2 })
  })
})

import { describe, expect, it } from 'vitest'
import type { TechnicianDay } from '../shared/field/wire.ts'
import { inMemory } from './kept.ts'
import { Line } from './line.ts'
import { MOST_AGO_MS } from '../shared/field/heard.ts'
import { UNDO_MS } from './said.ts'

const DAY: TechnicianDay = { now: 0, epoch: 'e1', company: { name: '', phone: '', phoneShown: '' }, technician: 'Wes Tran', day: '2026-07-14', zone: 'America/Chicago', expiresAt: 9e12, holdReasons: [], visits: [] }

const DAY_MS = 24 * 60 * 60_000

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Response => new Response(JSON.stringify(body), { status, headers })

/** A telephone on a clock that the test moves, and a hub that answers as the test says. */
class Telephone {
  readonly kept = inMemory()
  readonly asked: { readonly path: string; readonly token: string; readonly body: unknown }[] = []
  readonly sleeping: { readonly at: number; readonly work: () => void }[] = []
  now = 1_000_000
  hub: (path: string, token: string) => Response | Promise<Response> = (path) => (path === 'v1/day' ? answer(200, DAY) : answer(200, { outcome: 'taken' }))
  readonly line = this.page('l1')

  /** A page that is opened on this telephone by that link. */
  page(linkId: string): Line {
    return new Line({
      token: `token-${linkId}`, linkId, kept: this.kept, now: () => this.now, changed: () => undefined,
      later: (work, ms) => void this.sleeping.push({ at: this.now + ms, work }),
      ask: async (path, init) => {
        const token = new Headers(init.headers).get('authorization')?.slice('Bearer '.length) ?? ''
        this.asked.push({ path, token, body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : init.body })
        return this.hub(path, token)
      },
    })
  }

  /** What is under way comes to its end. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 60; turn++) await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    for (let turn = 0; turn < 60; turn++) await Promise.resolve()
  }

  async pass(ms: number): Promise<void> {
    this.now += ms
    for (const { work } of this.sleeping.splice(0).filter((one) => one.at <= this.now || (this.sleeping.push(one), false))) work()
    await this.settle()
  }

  async tap(id: string, kind: 'arrived' | 'issue' = 'arrived'): Promise<void> {
    await this.line.say([{ linkId: 'l1', visitId: 'v1', about: 'Martin', tappedAt: this.now, state: 'waiting', what: 'tap', tap: { id, kind, ...(kind === 'issue' ? { text: 'Look' } : {}) } }])
    await this.settle()
  }

  taps(): readonly unknown[] {
    return this.asked.filter(({ path }) => path === 'v1/taps').map(({ body }) => (body as { readonly id: string }).id)
  }
}

describe('the line', () => {
  it('sends a tap once it can\u2019t be taken back any more, and says how long ago it was', async () => {
    const phone = new Telephone()
    await phone.line.begin()
    await phone.tap('t1')
    expect(phone.taps()).toEqual([])
    // It asks no more often for waiting.
    expect(phone.asked.filter(({ path }) => path === 'v1/day').length).toBeLessThanOrEqual(2)
    await phone.pass(UNDO_MS)
    expect(phone.asked.find(({ path }) => path === 'v1/taps')?.body).toEqual({ id: 't1', kind: 'arrived', visitId: 'v1', agoMs: UNDO_MS })
    expect(phone.line.said).toMatchObject([{ state: 'settled' }])
    expect(phone.line.state).toEqual({ line: 'quiet', message: null })
  })

  it('keeps what nobody answers, tries again ever more seldom, and in order', async () => {
    const phone = new Telephone()
    phone.hub = () => Promise.reject(new TypeError('Failed to fetch'))
    await phone.line.begin()
    await phone.tap('t1', 'issue')
    await phone.tap('t2', 'issue')
    const waits: number[] = []
    for (let count = 0; count < 7; count++) {
      const next = phone.sleeping.reduce((least, { at }) => Math.min(least, at), Infinity)
      waits.push(next - phone.now)
      await phone.pass(next - phone.now)
    }
    expect(waits.at(-1)).toBe(60_000)
    expect(phone.taps().every((id) => id === 't1')).toBe(true)
    expect(phone.line).toMatchObject({ state: { line: 'lost' }, said: [{ state: 'waiting' }, { state: 'waiting' }] })
    phone.hub = (path) => (path === 'v1/day' ? answer(200, DAY) : answer(200, { outcome: 'taken' }))
    phone.line.wake()
    await phone.settle()
    expect(phone.taps().slice(-2)).toEqual(['t1', 't2'])
    expect(phone.line.said.map(({ state }) => state)).toEqual(['settled', 'settled'])
  })

  it('waits as long as the hub says', async () => {
    const phone = new Telephone()
    phone.hub = () => answer(503, { code: 'hub.recovering', message: 'The hub was restored.' }, { 'retry-after': '60' })
    await phone.line.begin()
    await phone.settle()
    expect(phone.line.state).toEqual({ line: 'lost', message: 'The hub was restored.' })
    expect(phone.sleeping.map(({ at }) => at - phone.now)).toEqual([60_000])
  })

  it('keeps a refusal until it was read, and lets nothing stand behind what can\u2019t be sent', async () => {
    const phone = new Telephone()
    let count = 0
    phone.hub = (path) => (path === 'v1/day' ? answer(200, DAY) : ++count === 1 ? answer(200, { outcome: 'refused', message: 'Given to Lena meanwhile.' }) : count === 2 ? answer(400, { code: 'input.invalid', message: 'Not understood.' }) : answer(200, { outcome: 'taken' }))
    await phone.line.begin()
    for (const id of ['t1', 't2', 't3']) await phone.tap(id, 'issue')
    expect(phone.line.said).toMatchObject([{ state: 'refused', message: 'Given to Lena meanwhile.' }, { state: 'refused', message: 'Not understood. Call the office.' }, { state: 'settled' }])
    await phone.line.drop(phone.line.said[0]?.seq ?? 0)
    expect(phone.line.said).toHaveLength(2)
  })

  it('ends when the link does: what it showed is forgotten, what was not sent is not', async () => {
    const phone = new Telephone()
    await phone.line.begin()
    await phone.settle()
    expect(await phone.kept.day('l1')).toEqual(DAY)
    phone.hub = () => answer(401, { code: 'link.revoked', message: 'The office has taken this link back.' })
    await phone.tap('t1', 'issue')
    expect(phone.line).toMatchObject({ state: { line: 'ended', message: 'The office has taken this link back.' }, day: undefined, said: [{ state: 'waiting' }] })
    expect(await phone.kept.day('l1')).toBeUndefined()
  })

  it('tells a hub that was restored again what it had said', async () => {
    const phone = new Telephone()
    await phone.line.begin()
    await phone.tap('t1', 'issue')
    expect(phone.taps()).toEqual(['t1'])
    phone.hub = (path) => (path === 'v1/day' ? answer(200, { ...DAY, epoch: 'e2' }) : answer(200, { outcome: 'taken' }))
    phone.line.wake()
    await phone.settle()
    expect(phone.taps()).toEqual(['t1', 't1'])
    expect(phone.line.said).toMatchObject([{ state: 'settled' }])
  })

  const photo = (photoId: string) => ({ linkId: 'l1', visitId: 'v1', about: 'Martin', tappedAt: 1_000_000, state: 'waiting', what: 'photo', photoId, reportId: 'r', photo: new Blob(['x']) }) as const

  it('lets taps, the day and other photos by one that can\u2019t go up, and says why beside it', async () => {
    const phone = new Telephone()
    const full = { code: 'attachment.full', message: 'The office has no room for photos.' }
    phone.hub = (path) => (path === 'v1/day' ? answer(200, DAY) : path === 'v1/photos/p1' ? answer(507, full, { 'retry-after': '600' }) : answer(200, { outcome: 'taken' }))
    await phone.line.begin()
    await phone.line.say([photo('p1'), photo('p2')])
    await phone.settle()
    expect(phone.line.state).toEqual({ line: 'quiet', message: null })
    expect(phone.line.said).toMatchObject([{ photoId: 'p1', state: 'waiting', message: full.message }, { photoId: 'p2', state: 'taken' }])
    await phone.tap('t1', 'issue')
    expect(phone.line.said).toMatchObject([{ photoId: 'p1', state: 'waiting' }, { photoId: 'p2', state: 'settled' }, { state: 'settled' }])
    // As often as the hub wants, and no more.
    expect(phone.asked.filter(({ path }) => path === 'v1/photos/p1')).toHaveLength(1)
    phone.hub = (path) => (path === 'v1/day' ? answer(200, DAY) : answer(200, { outcome: 'taken' }))
    await phone.pass(600_000)
    expect(phone.line.said).toMatchObject([{ photoId: 'p1', state: 'taken' }, { state: 'settled' }, { state: 'settled' }])
    expect(phone.line.said[0]).not.toHaveProperty('message')
  })

  it('sends a tap while a photo is still on its way', async () => {
    const phone = new Telephone()
    let arrive: (response: Response) => void = () => undefined
    phone.hub = (path) => (path === 'v1/day' ? answer(200, DAY) : path.startsWith('v1/photos') ? new Promise((resolve) => { arrive = resolve }) : answer(200, { outcome: 'taken' }))
    await phone.line.begin()
    await phone.line.say([photo('p1')])
    await phone.settle()
    await phone.tap('t1', 'issue')
    expect(phone.taps()).toEqual(['t1'])
    expect(phone.line.said).toMatchObject([{ state: 'waiting' }, { state: 'settled' }])
    arrive(answer(200, { outcome: 'taken' }))
    await phone.settle()
    expect(phone.line.said).toMatchObject([{ state: 'taken' }, { state: 'settled' }])
    expect(phone.asked.filter(({ path }) => path.startsWith('v1/photos'))).toHaveLength(1)
  })

  it('sends photos to a hub that was restored as well, for some days, and no longer than there is room', async () => {
    const phone = new Telephone()
    await phone.line.begin()
    await phone.tap('t1', 'issue')
    await phone.line.say([photo('p1')])
    await phone.settle()
    phone.line.wake()
    await phone.settle()
    const photos = () => phone.asked.filter(({ path }) => path === 'v1/photos/p1').length
    expect([photos(), phone.line.said.map(({ state }) => state)]).toEqual([1, ['settled', 'settled']])
    phone.hub = (path) => (path === 'v1/day' ? answer(200, { ...DAY, epoch: 'e2' }) : answer(200, { outcome: 'taken' }))
    phone.line.wake()
    await phone.settle()
    expect([phone.taps(), photos()]).toEqual([['t1', 't1'], 2])

    // A telephone that is full: what the office has not gives way to nothing, and what it has does.
    const add = phone.kept.add.bind(phone.kept)
    let room = 0
    phone.kept.add = (said) => {
      if (room === 0) return Promise.reject(new Error('Full'))
      room -= 1
      return add(said)
    }
    phone.kept.remove = ((remove) => async (seq: number) => {
      room += 1
      return remove(seq)
    })(phone.kept.remove.bind(phone.kept))
    await phone.tap('t2', 'issue')
    expect(phone.line.said.map((one) => (one.what === 'photo' ? one.photoId : one.tap.id))).toEqual(['t1', 't2'])
    await expect(phone.tap('t3', 'issue')).rejects.toThrow('Full')
    room = 9
    await phone.line.say([photo('p2')])
    await phone.settle()
    expect(phone.line.said.map(({ what }) => what)).toEqual(['tap', 'tap', 'photo'])
    await phone.pass(3 * DAY_MS + 1)
    phone.line.wake()
    await phone.settle()
    phone.line.wake()
    await phone.settle()
    expect(phone.line.said.map(({ what }) => what)).toEqual(['tap', 'tap'])
    await phone.pass(MOST_AGO_MS)
    phone.line.wake()
    await phone.settle()
    expect(phone.line.said).toEqual([])
  })

  it('sends what was tapped before the telephone\u2019s clock was set back', async () => {
    const phone = new Telephone()
    await phone.line.begin()
    await phone.tap('t1')
    phone.now -= DAY_MS / 2
    phone.line.wake()
    await phone.settle()
    expect(phone.asked.find(({ path }) => path === 'v1/taps')?.body).toMatchObject({ id: 't1', agoMs: 0 })
  })

  it('forgets yesterday\u2019s addresses and gate codes with today\u2019s link, and what opened it once nothing waits for that', async () => {
    const phone = new Telephone()
    await phone.line.begin()
    await phone.settle()
    phone.hub = (path) => (path === 'v1/day' ? answer(200, DAY) : Promise.reject(new TypeError('Failed to fetch')))
    await phone.tap('t1', 'issue')
    expect(await phone.kept.day('l1')).toEqual(DAY)
    phone.sleeping.length = 0
    const known = async () => [await phone.kept.day('l1'), await phone.kept.day('l2'), [...(await phone.kept.tokens()).keys()]]
    await phone.page('l2').begin()
    await phone.settle()
    expect(await known()).toEqual([undefined, undefined, ['l1', 'l2']])
    phone.sleeping.length = 0
    phone.hub = (path) => (path === 'v1/day' ? answer(200, DAY) : answer(200, { outcome: 'taken' }))
    for (const link of ['l2', 'l2']) {
      await phone.page(link).begin()
      await phone.settle()
    }
    expect(await known()).toEqual([undefined, DAY, ['l2']])
    // The other page still lies open, and is tapped.
    phone.hub = () => Promise.reject(new TypeError('Failed to fetch'))
    await phone.tap('t2', 'issue')
    expect([...(await phone.kept.tokens()).keys()]).toEqual(['l2', 'l1'])
  })

  it('sends what was said with yesterday\u2019s link with that one, and says what can\u2019t go any more', async () => {
    const phone = new Telephone()
    phone.hub = () => Promise.reject(new TypeError('Failed to fetch'))
    await phone.line.begin()
    for (const id of ['t1', 't2']) await phone.tap(id, 'issue')
    // The next morning, by another link.
    phone.sleeping.length = 0
    const line = phone.page('l2')
    const ended = answer(401, { code: 'link.expired', message: 'This link has ended.' })
    phone.asked.length = 0
    phone.hub = (path, token) => (path === 'v1/day' ? answer(200, DAY) : token === 'token-l1' && phone.taps().length > 1 ? ended : answer(200, { outcome: 'taken' }))
    await line.begin()
    await phone.settle()
    expect(phone.asked.map(({ path, token }) => [path, token])).toEqual([['v1/taps', 'token-l1'], ['v1/taps', 'token-l1'], ['v1/day', 'token-l2']])
    expect(line.said).toMatchObject([{ state: 'settled' }, { state: 'refused', message: 'The earlier link that you said this with opens nothing any more. Call the office.' }])
    // Today\u2019s link is as good as before.
    expect(line.state).toEqual({ line: 'quiet', message: null })
    expect(line.day).toEqual(DAY)
  })
})

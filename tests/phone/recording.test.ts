import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { TapeNews } from '../../src/main/phone/recording/tapeNews.ts'
import { isSilent, part, sampleOfMulaw, secondsOf, shareOf, type Sound, TELEPHONE_RATE } from '../support/pbx/audio.ts'
import type { Baresip } from '../support/pbx/baresip.ts'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { officeUri, startCaller, TONES } from '../support/pbx/telephones.ts'
import { AGENT_TONE, MediaPage } from './support/mediaPage.ts'
import { accountAt, AGENT, Softphone, until } from './support/softphone.ts'

interface Taped {
  readonly news: TapeNews
  /** Both sides by turns, G.711 µ-law. */
  readonly bytes: Buffer
}

/** Everything the softphone has recorded so far, tape by tape. */
function tapesOf(phone: Softphone): readonly Taped[] {
  const tapes = new Map<string, Taped>()
  for (const { event } of phone.heard) {
    if (event.kind !== 'tape') continue
    const before = tapes.get(event.tape.tapeId)
    tapes.set(event.tape.tapeId, { news: event.tape, bytes: Buffer.concat([before?.bytes ?? Buffer.alloc(0), event.bytes]) })
  }
  return [...tapes.values()]
}

const side = ({ bytes }: Taped, which: 'office' | 'caller'): Sound => {
  const offset = which === 'office' ? 0 : 1
  return { rate: TELEPHONE_RATE, samples: Float32Array.from({ length: bytes.length / 2 }, (_, at) => sampleOfMulaw(bytes[at * 2 + offset] ?? 0xff)) }
}

/** The bytes of both sides from millisecond to millisecond. */
const within = ({ bytes }: Taped, from: number, to: number): Buffer => bytes.subarray((from * TELEPHONE_RATE * 2) / 1000, (to * TELEPHONE_RATE * 2) / 1000)

const SILENT = 0xff
const isNothing = (bytes: Buffer): boolean => bytes.length > 0 && bytes.every((byte) => byte === SILENT)

/** A second of both sides in which both tones sound clearly; where from, in seconds. */
function clearSecond(taped: Taped, from: number, to: number): number | undefined {
  const [office, caller] = [side(taped, 'office'), side(taped, 'caller')]
  for (let at = from; at + 1 <= to; at += 0.1) if (shareOf(part(office, at, at + 1), AGENT_TONE) > 0.7 && shareOf(part(caller, at, at + 1), TONES.caller) > 0.7) return at
  return undefined
}

describe('what a softphone records', () => {
  let caller: Baresip
  let phone: Softphone
  let media: MediaPage
  const pbx = sharedPbx({ ringMs: 8_000, voicemail: false }, async (started) => {
    phone = new Softphone(accountAt(started, '101'))
    ;[caller, media] = await Promise.all([startCaller(started), MediaPage.open(phone.bridge)])
    await Promise.all([phone.untilReady(), phone.untilAudio()])
  })

  afterAll(async () => {
    phone?.stop()
    await media?.stop()
  })

  beforeEach(() => {
    phone.heard.length = 0
  })

  const newest = (): Taped => {
    const taped = tapesOf(phone).at(-1)
    if (!taped) throw new Error('Nothing was recorded')
    return taped
  }
  const seconds = (): number => (tapesOf(phone).at(-1)?.news.frames ?? 0) / TELEPHONE_RATE
  /** Waits until so much more was recorded. */
  const grows = (by: number) => {
    const from = seconds()
    return until(`${by} more seconds are recorded`, () => seconds() >= from + by, () => `${seconds()} s. Refused: ${phone.refused.join(' | ')}`, 30_000)
  }
  const shows = (state: 'on' | 'paused' | undefined) =>
    until(`the call says ${state}`, () => {
      const call = phone.calls.at(-1)
      return call !== undefined && ('recording' in call ? call.recording : undefined) === state
    }, () => `Refused: ${phone.refused.join(' | ')}`)

  const talk = async (): Promise<string> => {
    await caller.dial(officeUri(pbx(), '5550100'))
    const { externalId } = await phone.until('offered')
    phone.send({ kind: 'answer', externalId, agentId: AGENT })
    await phone.until('active')
    await expect.poll(() => media.pitch(), { timeout: 15_000, interval: 50 }).toBeGreaterThan(TONES.caller - 15)
    return externalId
  }

  it('has both sides, and not one sample of what was said while it was paused', async () => {
    const externalId = await talk()
    phone.send({ kind: 'record', externalId, to: 'on' })
    await shows('on')
    await grows(3)

    phone.send({ kind: 'record', externalId, to: 'paused', why: 'card' })
    await shows('paused')
    // The caller says their tone all the while, and the page hears it.
    await grows(2)
    expect(await media.pitch()).toBeGreaterThan(TONES.caller - 15)
    await grows(1)

    phone.send({ kind: 'record', externalId, to: 'on' })
    await shows('on')
    await grows(3)
    await caller.hangUp()
    await phone.until('ended')

    const taped = newest()
    const { pauses, ended, cutOff, frames } = taped.news
    expect({ pauses: pauses.length, why: pauses[0]?.why, ended, cutOff }).toEqual({ pauses: 1, why: 'card', ended: true, cutOff: false })
    expect(taped.bytes.length).toBe(frames * 2)
    const { from = 0, to = 0 } = pauses[0] ?? {}
    expect(to - from).toBeGreaterThan(2_500)

    // Paused: each sample of both sides is exactly nothing.
    expect(isNothing(within(taped, from, to))).toBe(true)
    // Before and after: both tones, each on its own side, and not on the other.
    for (const [begins, ends] of [[0, from / 1000], [to / 1000, frames / TELEPHONE_RATE]] as const) {
      const at = clearSecond(taped, begins, ends)
      expect(at, `both tones between ${begins} and ${ends} s`).toBeDefined()
      const [office, other] = [part(side(taped, 'office'), at ?? 0, (at ?? 0) + 1), part(side(taped, 'caller'), at ?? 0, (at ?? 0) + 1)]
      expect([isSilent(office), isSilent(other)]).toEqual([false, false])
      expect(shareOf(office, TONES.caller)).toBeLessThan(0.2)
      expect(shareOf(other, AGENT_TONE)).toBeLessThan(0.2)
    }
    expect(secondsOf(side(taped, 'office'))).toBeGreaterThan(8.5)
  })

  it('is silent while the caller is on hold, and ends where somebody says so', async () => {
    const externalId = await talk()
    phone.send({ kind: 'record', externalId, to: 'on' })
    await shows('on')
    await grows(1)
    phone.send({ kind: 'hold', externalId })
    await phone.until('held')
    await grows(2)
    phone.send({ kind: 'resume', externalId })
    await phone.until('active')
    await grows(1)
    phone.send({ kind: 'record', externalId, to: 'off' })
    await shows(undefined)
    const taped = newest()
    expect(taped.news).toMatchObject({ ended: true, cutOff: false, pauses: [{ why: 'hold' }] })
    const [pause] = taped.news.pauses
    expect(isNothing(within(taped, pause?.from ?? 0, pause?.to ?? 0))).toBe(true)
    phone.send({ kind: 'hangUp', externalId })
    await phone.until('ended')
    expect(tapesOf(phone)).toHaveLength(1)
  })

  it('goes on in another tape after the page with the sound was loaded anew, and stays paused where it was', async () => {
    const externalId = await talk()
    phone.send({ kind: 'record', externalId, to: 'on' })
    await shows('on')
    await grows(2)
    phone.send({ kind: 'record', externalId, to: 'paused', why: 'card' })
    await shows('paused')
    await media.page.reload()
    await until('the page is back', () => phone.statesOf(externalId).slice(-2).join() === 'renegotiating,active', () => phone.statesOf(externalId).join())
    await until('another tape runs', () => tapesOf(phone).length === 2 && seconds() >= 2, () => `${tapesOf(phone).length} tapes. Refused: ${phone.refused.join(' | ')}`, 30_000)
    await caller.hangUp()
    await phone.until('ended')
    const [first, second] = tapesOf(phone)
    expect(first?.news).toMatchObject({ ended: true, cutOff: true })
    expect(second?.news).toMatchObject({ ended: true, cutOff: false, pauses: [{ from: 0, why: 'card' }] })
    expect(first && clearSecond(first, 0, first.news.frames / TELEPHONE_RATE)).toBeDefined()
    expect(second && isNothing(second.bytes)).toBe(true)
  })
})

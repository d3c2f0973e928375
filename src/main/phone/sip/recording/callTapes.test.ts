import { beforeEach, describe, expect, it } from 'vitest'
import { MU_LAW_SILENCE } from '../../../../shared/base/muLaw.ts'
import type { PhoneEvent } from '../../port.ts'
import { CallTale } from '../callTale.ts'
import type { SipCall } from '../sipCall.ts'
import { CallTapes } from './callTapes.ts'

type TapeEvent = Extract<PhoneEvent, { kind: 'tape' }>
const SECOND = 8000

let told: { readonly to: string; readonly tape: string; readonly done: () => void }[]
let heard: TapeEvent[]
let tale: CallTale
let call: SipCall
let leg: { readonly peer: object; pc: number | null }
let tapes: CallTapes

beforeEach(() => {
  told = []
  heard = []
  let elapsed = 0
  tale = new CallTale({ externalId: 'sip:1', direction: 'in', lineName: '', lineNumber: '', fromNumber: null, practice: false }, 'offered', { now: () => 0, monotonic: () => elapsed++ })
  tale.go('answering')
  tale.talk()
  const peer = { record: (to: string, tape: string) => new Promise<void>((resolve) => told.push({ to, tape, done: resolve })) }
  // The softphone's call, as far as its tape has to do with it.
  leg = { peer, pc: 1 }
  call = { tale, leg } as unknown as SipCall
  tapes = new CallTapes({ now: () => 0, tell: (event) => void heard.push(event), say: (one) => tapes.follow(one), refuse: () => undefined })
})

/** The page has done what it was told last, and a second is heard. */
async function second(): Promise<Uint8Array> {
  const { tape } = told.at(-1) ?? { tape: '' }
  for (const { done } of told) done()
  await Promise.resolve()
  tapes.hear({ kind: 'sound', tape, frames: SECOND, sound: new Uint8Array(SECOND * 2).fill(1) } as Parameters<CallTapes['hear']>[0])
  return heard.at(-1)?.bytes ?? new Uint8Array()
}

const isSilent = (bytes: Uint8Array): boolean => bytes.length > 0 && bytes.every((byte) => byte === MU_LAW_SILENCE)

describe('a recording that is paused', () => {
  it('is silent from that moment on while the connection is between two, and stays so until somebody says on', async () => {
    tapes.record(call, 'on')
    expect(isSilent(await second())).toBe(false)
    leg.pc = null
    tapes.follow(call)
    tapes.record(call, 'paused', 'card')
    expect(told.at(-1)?.to).toBe('paused')
    expect(isSilent(await second())).toBe(true)
    leg.pc = 1
    tapes.follow(call)
    expect(isSilent(await second())).toBe(true)
    tapes.record(call, 'on')
    expect(isSilent(await second())).toBe(false)
  })

  it('is not gone on with by an order to record that the page carries out late', async () => {
    tapes.record(call, 'on')
    leg.pc = null
    tapes.record(call, 'paused', 'card')
    expect(isSilent(await second())).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import type { Baresip } from '../support/pbx/baresip.ts'
import { malformedMessages, sendMalformed } from '../support/pbx/malformed.ts'
import { callMix, EVERYDAY, planMix } from '../support/pbx/mixedCalls.ts'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { callByTrunk, floodByTrunk, trunkCall } from '../support/pbx/sipp.ts'
import { startDeskPhone } from '../support/pbx/telephones.ts'

/** Takes, ends and declines calls as each was planned, told by the caller's number. */
async function serve(phone: Baresip, plan: ReturnType<typeof planMix>): Promise<void> {
  for (const { kind } of plan) {
    if (kind === 'hangsUpEarly') continue
    await phone.until('CALL_INCOMING')
    if (kind === 'busy') await phone.hangUp()
    if (kind === 'callerEnds' || kind === 'callerHolds' || kind === 'officeEnds') await phone.accept()
    if (kind === 'officeEnds') {
      await phone.until('CALL_ESTABLISHED')
      await phone.hangUp()
    } else if (kind === 'callerEnds' || kind === 'callerHolds') await phone.until('CALL_ESTABLISHED')
    await phone.until('CALL_CLOSED')
  }
}

describe('calls of the public network', () => {
  let phone: Baresip
  const pbx = sharedPbx({ voicemail: false }, async (started) => {
    phone = await startDeskPhone(started, '101')
  })

  it('come in a mix that a seed repeats, each told apart from the others', async () => {
    const mix = { seed: 7, calls: 8, weights: { ...EVERYDAY, hangsUpEarly: 0 } }
    const plan = planMix(mix)
    expect(planMix(mix)).toEqual(plan)
    expect(new Set(plan.map(({ number }) => number)).size).toBe(8)

    const [reports] = await Promise.all([callMix(pbx(), plan), serve(phone, plan)])

    for (const { call, errors, status, endedBy, ringMs } of reports) {
      expect(errors).toBe('')
      expect({ status, endedBy }, call.kind).toEqual(EXPECTED[call.kind])
      expect(ringMs).not.toBeNull()
      // sipp times its own pause and its own trace, so the machine's speed is no matter here; its clocks tick in milliseconds.
      if (call.kind === 'givesUp') expect(ringMs).toBeGreaterThan(call.ringMs - 10)
    }
  })

  it('may end before anybody\u2019s telephone has rung', async () => {
    expect(await callByTrunk(pbx(), trunkCall('hangsUpEarly'))).toMatchObject({ errors: '', status: 487 })
  })

  it('come as a flood', async () => {
    const reports = await floodByTrunk(pbx(), { calls: 20, perSecond: 40, call: trunkCall('givesUp', { ringMs: 300, dialled: '111' }) })
    expect(reports.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 480))
  })

  it('are malformed, and the server goes on', async () => {
    const before = phone.events.length
    await sendMalformed(pbx(), malformedMessages(pbx()))
    // A good part of them is passed on, which is what makes them worth sending.
    await expect.poll(() => phone.events.slice(before).filter(({ type }) => type === 'CALL_INCOMING').length).toBeGreaterThan(5)
  })
})

const EXPECTED = {
  callerEnds: { status: 200, endedBy: 'caller' },
  callerHolds: { status: 200, endedBy: 'caller' },
  officeEnds: { status: 200, endedBy: 'office' },
  givesUp: { status: 487, endedBy: null },
  takenElsewhere: { status: 487, endedBy: null },
  hangsUpEarly: { status: 487, endedBy: null },
  busy: { status: 486, endedBy: null },
} as const

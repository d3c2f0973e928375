import { describe, expect, it } from 'vitest'
import { lastOf, shareOf } from '../support/pbx/audio.ts'
import type { Baresip } from '../support/pbx/baresip.ts'
import { startServices } from '../support/pbx/services.ts'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { officeUri, startCaller, startDeskPhone, TONES } from '../support/pbx/telephones.ts'
import { heardFor } from './support/heard.ts'

describe('what the server does beside passing calls on', () => {
  const THIRD_TONE = 1_000
  let caller: Baresip
  let desk: Baresip
  let other: Baresip
  const pbx = sharedPbx({ services: true, voicemail: false }, async (started) => {
    ;[caller, desk, other] = await Promise.all([startCaller(started), startDeskPhone(started, '201'), startDeskPhone(started, '202', { toneHertz: THIRD_TONE }), startServices(started)])
  })

  it('a colleague picks up a call that rings elsewhere', async () => {
    await caller.dial(officeUri(pbx(), '201'))
    await desk.until('CALL_INCOMING')
    await other.dial('**201')
    await caller.until('CALL_ESTABLISHED')
    await desk.until('CALL_CLOSED')
    await heardFor(caller, THIRD_TONE, 0.3)
    await heardFor(other, TONES.caller, 0.3)
    await caller.hangUp()
    await other.until('CALL_CLOSED')
  })

  it('nothing is picked up where nothing rings', async () => {
    await other.dial('**201')
    expect((await other.until('CALL_CLOSED')).param).toContain('404')
  })

  it('three are in a conference, each hears the two others, and then one', async () => {
    await Promise.all([caller.dial(officeUri(pbx(), '800')), desk.dial('800'), other.dial('800')])
    const both = (telephone: Baresip, one: number, two: number): (() => boolean) => () => {
      const sound = telephone.heard().at(-1)
      return sound !== undefined && shareOf(lastOf(sound, 0.2), one) > 0.3 && shareOf(lastOf(sound, 0.2), two) > 0.3
    }
    await expect.poll(both(caller, TONES.desk, THIRD_TONE)).toBe(true)
    await expect.poll(both(desk, TONES.caller, THIRD_TONE)).toBe(true)
    await expect.poll(both(other, TONES.caller, TONES.desk)).toBe(true)
    await desk.hangUp()
    await heardFor(caller, THIRD_TONE, 0.3)
    await caller.hangUp()
    await other.hangUp()
  })
})

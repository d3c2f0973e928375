import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RECORD_MODES } from './tables.ts'
import { afterTaping, beginTaping, reminderAfterMs, tapeState, type TapingEvent } from './taping.ts'

const events: fc.Arbitrary<TapingEvent> = fc.oneof(
  fc.constantFrom<TapingEvent>({ kind: 'consent' }, { kind: 'on' }, { kind: 'pause' }, { kind: 'off' }, { kind: 'paymentLost' }),
  fc.boolean().map((open): TapingEvent => ({ kind: 'payment', open })),
)

describe('recording a call', () => {
  it('is never on without consent, nor while a payment is open or was lost sight of, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RECORD_MODES), fc.boolean(), fc.boolean(), fc.array(events, { maxLength: 30 }), (mode, consented, open, happened) => {
        let taping = beginTaping(mode, consented, open)
        let [told, isOpen, lost] = [consented, open, false]
        for (const event of happened) {
          taping = afterTaping(taping, event)
          if (event.kind === 'consent') told = true
          if (event.kind === 'payment') isOpen = event.open
          if (event.kind === 'paymentLost') [isOpen, lost] = [false, true]
          if (event.kind === 'on' && mode !== 'never') lost = false
          const { to } = tapeState(taping)
          if (to === 'on') expect([told, isOpen, lost, mode === 'never']).toEqual([true, false, false, false])
          if (mode === 'never') expect(to).toBe('off')
          expect(reminderAfterMs(taping) === null).toBe(to !== 'paused')
        }
      }),
    )
  })

  it('goes on by itself when the payment page is closed, but not where somebody paused it', () => {
    const open = afterTaping(beginTaping('always', true, false), { kind: 'payment', open: true })
    expect(tapeState(open)).toEqual({ to: 'paused', why: 'card' })
    expect(tapeState(afterTaping(open, { kind: 'payment', open: false }))).toEqual({ to: 'on' })
    const both = afterTaping(open, { kind: 'pause' })
    expect(tapeState(afterTaping(both, { kind: 'payment', open: false }))).toEqual({ to: 'paused', why: 'hand' })
  })

  it('stays paused where the page with the payment was lost, until somebody says go on', () => {
    const lost = afterTaping(beginTaping('always', true, true), { kind: 'paymentLost' })
    expect(tapeState(lost)).toEqual({ to: 'paused', why: 'card' })
    expect(reminderAfterMs(lost)).toBe(60_000)
    expect(tapeState(afterTaping(lost, { kind: 'on' }))).toEqual({ to: 'on' })
  })
})

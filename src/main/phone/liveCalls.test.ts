import { expect, it } from 'vitest'
import { LiveCalls } from './liveCalls.ts'

const NUMBER = '+15550142210'
const wanted = (customerId: string | null) => ({ number: NUMBER, agentId: 'kim', customerId, returnsCallId: null })

it('tells why a call is made once, and nothing of one that was refused', () => {
  const calls = new LiveCalls(() => 0)
  calls.expectDial(wanted('priya'))
  calls.notDialled('lee')
  expect(calls.whyDialled(NUMBER, 'kim')).toMatchObject({ customerId: 'priya' })
  expect(calls.whyDialled(NUMBER, 'kim')).toBeNull()
  calls.expectDial(wanted('priya'))
  calls.notDialled('kim')
  expect(calls.whyDialled(NUMBER, 'kim')).toBeNull()
})

it('means the call that was asked for last', () => {
  const calls = new LiveCalls(() => 0)
  calls.expectDial(wanted('priya'))
  calls.expectDial(wanted(null))
  expect(calls.whyDialled(NUMBER, 'kim')).toMatchObject({ customerId: null })
  expect(calls.whyDialled(NUMBER, 'kim')).toBeNull()
})

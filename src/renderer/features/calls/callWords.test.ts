import { expect, it } from 'vitest'
import type { CallLogRow } from '../../../shared/contract/methods/calls.ts'
import { numberOrName, outcomeWords } from './callWords.ts'

type Row = Parameters<typeof outcomeWords>[0]
const out: Row = { outcome: null, extension: null, state: 'ended', direction: 'out', answered: false, endCause: 'failed', followUp: 'none', voicemailSeconds: null }

it('says of a call we made whether it reached anybody', () => {
  const said = (more: Partial<Pick<CallLogRow, keyof Row>>): string => outcomeWords({ ...out, ...more })
  expect([said({ state: 'ringing', endCause: null }), said({}), said({ endCause: 'busy' }), said({ answered: true, endCause: 'hungUp' }), said({ answered: true, outcome: 'booked' })]).toEqual(['Calling', 'No answer', 'Busy', 'Reached', 'Booked'])
  expect([said({ extension: '111', answered: true }), said({ extension: '111' })]).toEqual(['Internal', 'Internal, not answered'])
  expect(outcomeWords({ ...out, direction: 'in', outcome: 'abandoned', followUp: 'done' })).toBe('Missed, returned')
})

it('writes a number as people do and leaves a name', () => {
  expect([numberOrName('+15550149999'), numberOrName('Kim Ode'), numberOrName('204')]).toEqual(['(555) 014-9999', 'Kim Ode', '204'])
})

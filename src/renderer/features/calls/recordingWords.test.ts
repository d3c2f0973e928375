import { describe, expect, it } from 'vitest'
import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { isForgotten, nextRecordingStep, recordingWords } from './recordingWords.ts'

type Shown = Pick<LiveCall, 'recording' | 'tape' | 'can'>
const tape: NonNullable<LiveCall['tape']> = { mode: 'onRequest', consented: true, sentence: 'This call is recorded.', why: null, paymentOpen: false, remindInMs: null }
const call = (recording: Shown['recording'], more: Partial<typeof tape> = {}): Shown => ({ recording, tape: { ...tape, ...more }, can: ['record'] })

describe('the words beside a call', () => {
  it('say in words whether it is recorded, why not, and what is missing', () => {
    expect(recordingWords(call('on'))).toBe('Recording')
    expect(recordingWords(call('paused', { why: 'card' }))).toBe('Recording paused: card')
    expect(recordingWords(call('paused', { why: 'hand' }))).toBe('Recording paused')
    expect(recordingWords(call(null))).toBe('')
    expect(recordingWords(call(null, { mode: 'always', consented: false }))).toBe('Not recorded: read the notice')
    expect(recordingWords({ recording: null, tape: null, can: [] })).toBe('')
  })

  it('remind of a pause once its time is over, and of nothing that runs', () => {
    expect(isForgotten(call('paused', { why: 'hand', remindInMs: 5_000 }), 4_999)).toBe(false)
    expect(isForgotten(call('paused', { why: 'hand', remindInMs: 5_000 }), 5_000)).toBe(true)
    expect(isForgotten(call('paused', { why: 'hand', remindInMs: -1 }), 0)).toBe(true)
    expect(isForgotten(call('on', { remindInMs: -1 }), 0)).toBe(false)
  })
})

it('one key goes the whole way: notice, record, pause, go on', () => {
  expect(nextRecordingStep(call(null, { consented: false }))).toBe('notice')
  expect(nextRecordingStep(call(null))).toBe('on')
  expect(nextRecordingStep(call('on'))).toBe('paused')
  expect(nextRecordingStep(call('paused', { why: 'card' }))).toBe('on')
  expect(nextRecordingStep(call(null, { mode: 'never' }))).toBeNull()
  expect(nextRecordingStep({ recording: null, tape, can: [] })).toBeNull()
})

import { expect, it } from 'vitest'
import { phoneTrouble } from './phoneTrouble.ts'

const ready = { status: 'ready', reason: '', audio: { status: 'ready', reason: '' } } as const

it('says why the telephone is not ready, and that nobody is heard', () => {
  expect([undefined, ready, { ...ready, status: 'none' as const }, { ...ready, audio: null }].map(phoneTrouble)).toEqual([null, null, null, null])
  expect(phoneTrouble({ ...ready, status: 'connecting' })).toMatchObject({ words: 'Phone connecting', deaf: false })
  expect(phoneTrouble({ ...ready, status: 'down', reason: 'The server does not answer.' })).toMatchObject({ words: 'Phone not ready', sentence: 'The server does not answer.' })
  const reason = 'No microphone is plugged in.'
  expect(phoneTrouble({ ...ready, audio: { status: 'noMicrophone', reason } })).toEqual({ words: 'No microphone', sentence: reason, deaf: true })
})

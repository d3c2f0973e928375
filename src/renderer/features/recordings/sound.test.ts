import { expect, it } from 'vitest'
import { MU_LAW_RATE, toMuLaw } from '../../../shared/base/muLaw.ts'
import { waveHeader } from '../../../main/phone/recording/wave.ts'
import { soundOf } from './sound.ts'

it('draws each side where it was loud, and nothing where it was silent', () => {
  const frames = MU_LAW_RATE * 2
  const data = new Uint8Array(frames * 2)
  for (let frame = 0; frame < frames; frame++) {
    const first = frame < MU_LAW_RATE
    data[frame * 2] = first ? toMuLaw(frame % 2 === 0 ? 0.5 : -0.5) : 0xff
    data[frame * 2 + 1] = first ? 0xff : toMuLaw(0.25)
  }
  const { seconds, peaks, wave } = soundOf(new Uint8Array(Buffer.concat([waveHeader(frames), data])), 4)
  expect(seconds).toBe(2)
  expect(peaks.map(({ office, other }) => [Math.round(office * 10) / 10, Math.round(other * 20) / 20])).toEqual([[0.5, 0], [0.5, 0], [0, 0.25], [0, 0.25]])
  expect(Buffer.from(wave).toString('ascii', 0, 4)).toBe('RIFF')
  expect(wave.length).toBe(44 + frames * 4)
})

it('says of what is no recording that it is none', () => {
  expect(() => soundOf(new Uint8Array(100), 4)).toThrow('no sound')
})

import { expect, it } from 'vitest'
import { isSilent, lastOf, loudness, loudnessByWindow, part, secondsHeard, secondsOf, shareOf, type Sound, soundsOf, TELEPHONE_RATE, tone, wavOf } from './audio.ts'

const silence = (seconds: number): Sound => ({ rate: TELEPHONE_RATE, samples: new Float32Array(seconds * TELEPHONE_RATE) })

const joined = (...sounds: readonly Sound[]): Sound => ({ rate: TELEPHONE_RATE, samples: Float32Array.from(sounds.flatMap(({ samples }) => [...samples])) })

it('a WAV says what was written, also while it is still being written', () => {
  const wav = wavOf(tone(440, 1))
  const [whole] = soundsOf(wav)
  expect(secondsOf(whole!)).toBe(1)
  expect(shareOf(whole!, 440)).toBeGreaterThan(0.99)
  // As a recorder leaves it until it closes the file: no length in the header, and half of the samples.
  wav.writeUInt32LE(0, 40)
  const [half] = soundsOf(wav.subarray(0, 44 + TELEPHONE_RATE))
  expect(secondsOf(half!)).toBe(0.5)
  expect(() => soundsOf(Buffer.from('RIFF....WAVE'))).toThrow('no 16-bit WAV')
})

it('tells who is heard, when, and when nobody is', () => {
  const call = joined(tone(440, 1), silence(0.5), tone(660, 1))
  expect(secondsHeard(call, 440)).toBeCloseTo(1)
  expect(secondsHeard(call, 660)).toBeCloseTo(1)
  expect(secondsHeard(call, 880)).toBe(0)
  expect(isSilent(part(call, 1, 1.5))).toBe(true)
  expect(isSilent(lastOf(call, 0.5))).toBe(false)
  expect(loudnessByWindow(call, 0.5).map((value) => value > 0.2)).toEqual([true, true, false, true, true])
})

it('hears a tone under another, and calls neither clear', () => {
  const [one, other] = [tone(440, 1), tone(660, 1)]
  const both: Sound = { rate: TELEPHONE_RATE, samples: one.samples.map((sample, index) => (sample + other.samples[index]!) / 2) }
  expect(shareOf(both, 440)).toBeCloseTo(0.5, 1)
  expect(shareOf(both, 660)).toBeCloseTo(0.5, 1)
  expect(secondsHeard(both, 440)).toBe(0)
})

it('loudness is the root of the mean square', () => {
  expect(loudness(tone(440, 1))).toBeCloseTo(0.4 / Math.SQRT2, 3)
  expect(loudness(silence(1))).toBe(0)
  expect(loudness(silence(0))).toBe(0)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeMp3, madeWave } from '../../../../tests/support/madeSound.ts'
import { readWave } from '../../../shared/base/waveFile.ts'
import { soundFileIn } from './soundFile.ts'

describe('what a telephone system sends as a voicemail', () => {
  it.each([
    ['PCM of 16 bits', {}],
    ['PCM of 8 bits', { bits: 8 }],
    ['µ-law', { format: 7, bits: 8 }],
    ['A-law', { format: 6, bits: 8 }],
    ['PCM in two channels, 16 kHz', { channels: 2, rate: 16_000 }],
  ] as const)('is a WAV of %s', (_, made) => {
    expect(soundFileIn(madeWave({ seconds: 1.5, ...made }))).toEqual({ mediaType: 'audio/wav', durationMs: 1500 })
  })

  it('is an MP3, whatever is written before its sound', () => {
    expect(soundFileIn(madeMp3(50))).toEqual({ mediaType: 'audio/mpeg', durationMs: 1800 })
    expect(soundFileIn(madeMp3(50, 700))).toEqual({ mediaType: 'audio/mpeg', durationMs: 1800 })
  })

  it('is nothing that a page could not play, or that is called sound and is none', () => {
    for (const file of [madeWave({ format: 49, bits: 8 }), madeMp3(2), Buffer.from('RIFF0000WAVE'), Buffer.from('<html>voicemail.wav</html>'), Buffer.from('ID3'), new Uint8Array()]) expect(soundFileIn(new Uint8Array(file))).toBeNull()
  })

  it('is as long as what came of it, where it broke off or says that it does not know', () => {
    const file = madeWave({ seconds: 2 })
    expect(soundFileIn(file.slice(0, 44 + 8000))).toEqual({ mediaType: 'audio/wav', durationMs: 500 })
    new DataView(file.buffer).setUint32(40, 0xffffffff, true)
    expect(soundFileIn(file)?.durationMs).toBe(2000)
    new DataView(file.buffer).setUint32(40, 0, true)
    expect(soundFileIn(file)?.durationMs).toBe(2000)
    // Where other chunks follow, nothing was said.
    const list = Buffer.concat([file.slice(0, 44), Buffer.from('LIST\x04\x00\x00\x00INFO', 'latin1')])
    expect(soundFileIn(new Uint8Array(list))).toBeNull()
  })

  it('never fails on what strangers send', () => {
    const head = fc.constantFrom('RIFFxxxxWAVE', 'ID3', '', '\xff\xfb\x90\x00')
    fc.assert(fc.property(head, fc.uint8Array({ maxLength: 400 }), (begins, bytes) => void soundFileIn(new Uint8Array(Buffer.concat([Buffer.from(begins, 'latin1'), bytes])))))
    fc.assert(fc.property(fc.nat(43), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const file = madeWave({ seconds: 0.01 })
      file[at] = byte
      soundFileIn(file)
    }))
  })
})

it('a WAV is read sample for sample', () => {
  const wave = readWave(madeWave({ seconds: 0.1, channels: 2 }))
  expect(wave).toMatchObject({ rate: 8000, channels: 2, frames: 800 })
  const half = readWave(madeWave({ seconds: 0.1, format: 7, bits: 8 }))
  const whole = readWave(madeWave({ seconds: 0.1 }))
  for (let frame = 0; frame < 800; frame++) expect(Math.abs((half?.sample(frame, 0) ?? 0) - (whole?.sample(frame, 0) ?? 9e9))).toBeLessThan(700)
})

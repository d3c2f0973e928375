import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromMuLaw, MU_LAW_SILENCE, toMuLaw } from './muLaw.ts'

it('keeps silence as silence, and nothing else as its byte but what nobody hears', () => {
  expect(toMuLaw(0)).toBe(MU_LAW_SILENCE)
  expect(fromMuLaw(MU_LAW_SILENCE)).toBe(0)
})

it('gives every byte back, and every sample as near as telephones keep it', () => {
  for (let byte = 0; byte < 256; byte++) if (byte !== 0x7f) expect(toMuLaw(fromMuLaw(byte) / 32_767)).toBe(byte)
  fc.assert(
    fc.property(fc.double({ min: -0.98, max: 0.98, noNaN: true }), (sample) => {
      const wide = sample * 32_767
      expect(Math.abs(fromMuLaw(toMuLaw(sample)) - wide)).toBeLessThanOrEqual(Math.abs(wide) / 16 + 8)
    }),
  )
})

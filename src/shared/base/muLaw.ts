/**
 * G.711 µ-law, as telephones speak it: a byte for a sample, 8000 a second. Silence is one byte and nothing else, so that
 * what was not recorded can be told from what was quiet.
 */

/** Samples of one side a second. */
export const MU_LAW_RATE = 8000

/** The byte whose sample is exactly 0. */
export const MU_LAW_SILENCE = 0xff

const BIAS = 0x84
const CLIP = 32_635

/** @param sample from -1 to 1; beyond is cut */
export function toMuLaw(sample: number): number {
  const wide = Math.round(sample * 32_767)
  const sign = wide < 0 ? 0x80 : 0
  const magnitude = Math.min(CLIP, Math.abs(wide)) + BIAS
  const exponent = Math.max(0, Math.floor(Math.log2(magnitude)) - 7)
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff
}

/** @returns the sample, from -32124 to 32124 */
export function fromMuLaw(byte: number): number {
  const bits = ~byte & 0xff
  const magnitude = ((((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 0x07)) - BIAS
  return bits & 0x80 && magnitude > 0 ? -magnitude : magnitude
}

/** A-law, the G.711 of the rest of the world. @returns the sample, from -32256 to 32256 */
export function fromALaw(byte: number): number {
  const bits = byte ^ 0x55
  const exponent = (bits >> 4) & 0x07
  const mantissa = ((bits & 0x0f) << 4) + 8
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1)
  return bits & 0x80 ? magnitude : -magnitude
}

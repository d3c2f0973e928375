import { sha256 } from '@noble/hashes/sha2.js'

const encoder = new TextEncoder()
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Where randomness comes from: `crypto` everywhere in the product, a seeded source in tests and the sample company. */
export type RandomBytes = (count: number) => Uint8Array

const systemRandom: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count))

function format(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-'
    text += HEX[bytes[index] ?? 0]
  }
  return text
}

/**
 * A time-ordered UUID version 7 (RFC 9562 section 5.7) made by the client, so that a record has its
 * final id before any server has heard of it.
 * @param at epoch milliseconds
 */
export function newId(at: number = Date.now(), random: RandomBytes = systemRandom): string {
  const bytes = new Uint8Array(16)
  bytes.set(random(10), 6)
  let rest = at
  for (let index = 5; index >= 0; index--) {
    bytes[index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return format(bytes)
}

/**
 * A UUID version 8 (RFC 9562 section 5.8) hashed from its parts with SHA-256: whoever derives it,
 * on whichever machine and however often, gets the same id, so nothing that time or a retry opens is opened twice.
 */
export function derivedId(...parts: readonly string[]): string {
  const bytes = sha256(encoder.encode(parts.join('\u001f'))).slice(0, 16)
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return format(bytes)
}

export const ID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

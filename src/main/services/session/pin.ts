import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

/** N, r, p of scrypt (RFC 7914): about 15 ms here, long enough to make four digits tedious, short enough for a fast switch. */
const COST = { N: 2 ** 13, r: 8, p: 1 } as const

function digest(pin: string, salt: string): Buffer {
  return scryptSync(pin, Buffer.from(salt, 'hex'), 32, COST)
}

/** Salts and hashes a new PIN; both as hexadecimal text. */
export function hashPin(pin: string, salt: string = randomBytes(16).toString('hex')): { readonly salt: string; readonly hash: string } {
  return { salt, hash: digest(pin, salt).toString('hex') }
}

/** Compares in constant time. */
export function pinMatches(pin: string, credential: { readonly salt: string; readonly hash: string }): boolean {
  return timingSafeEqual(digest(pin, credential.salt), Buffer.from(credential.hash, 'hex'))
}

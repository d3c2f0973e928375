/** A stream of numbers that a seed repeats exactly (Marsaglia's xorshift32; the engine keeps it in registers). */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number
  /** A whole number in [0, bound). */
  readonly below: (bound: number) => number
}

export function randomFrom(seed: number): Random {
  // One cell, so that the state is a bare 32-bit number; never 0, where the stream would stay.
  const state = new Int32Array([Math.imul(seed | 0, 0x9e3779b1) ^ 0x5bd1e995 || 1])
  const step = (): number => {
    let value = state[0] as number
    value ^= value << 13
    value ^= value >>> 17
    value ^= value << 5
    state[0] = value
    return value >>> 0
  }
  for (let warm = 0; warm < 8; warm++) step()
  return { next: () => step() / 4_294_967_296, below: (bound) => Math.floor((step() / 4_294_967_296) * bound) }
}

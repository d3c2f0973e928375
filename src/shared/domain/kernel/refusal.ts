/**
 * A typed refusal: data, not an exception. The message is a sentence for the person who acted
 * (what is wrong, what to do); the code is for programs and tests.
 */
export interface Refusal {
  readonly code: `${string}.${string}`
  readonly message: string
  /** The input field to return to, as a path: `lines.0.quantity`. */
  readonly field?: string
  /** A record the person should open to mend it. */
  readonly subject?: { readonly kind: string; readonly id: string }
}

export type Refused = { readonly kind: 'refused'; readonly refusal: Refusal }

/** Tells a refusal from what was found instead of one; records may have a `kind` too. */
export const isRefused = (found: object): found is Refused => 'kind' in found && found.kind === 'refused' && 'refusal' in found

export function refuse(code: Refusal['code'], message: string, more: Omit<Refusal, 'code' | 'message'> = {}): Refused {
  return { kind: 'refused', refusal: { code, message, ...more } }
}

import type { Target } from '../port.ts'

/** What a dial plan takes for a number: digits, star and pound only, so that nothing typed reaches the plan’s own words. @returns null for everything else */
export function diallable(text: string | null): string | null {
  const plain = (text ?? '').replaceAll(/[\s().-]/g, '')
  return /^\+?[0-9*#]{1,20}$/.test(plain) ? plain : null
}

export const dialledAs = (to: Target): string | null => diallable(to.kind === 'number' ? to.number : to.extension)

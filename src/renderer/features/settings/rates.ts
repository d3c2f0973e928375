import type { RatePpm } from '../../../shared/base/money.ts'

const PPM_PER_PERCENT = 10_000

/** `6.875` for 68,750 parts per million. */
export function formatRate(rate: RatePpm): string {
  return String(rate / PPM_PER_PERCENT)
}

/** Reads a percentage with up to four decimals; anything else is undefined. */
export function parseRate(text: string): RatePpm | undefined {
  const match = /^(\d{1,2})?(?:\.(\d{0,4}))?\s*%?$/.exec(text.trim())
  if (!match || (match[1] === undefined && !match[2])) return undefined
  return Number(match[1] ?? '0') * PPM_PER_PERCENT + Number((match[2] ?? '').padEnd(4, '0'))
}

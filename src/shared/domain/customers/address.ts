/** A United States address in one line, as people paste it: `27 Larkspur Court, Unit 3, Fairhollow, IL 60601`. */
const ONE_LINE = /^\s*([^,]+?)\s*,(?:\s*([^,]+?)\s*,)?\s*([^,]+?)\s*,?\s+([A-Za-z]{2})\.?\s+(\d{5}(?:-\d{4})?)\s*(?:,?\s*(?:USA|United States))?\s*$/

export interface SplitAddress {
  readonly line1: string
  readonly line2: string
  readonly city: string
  readonly state: string
  readonly postalCode: string
}

/** Splits a pasted address into its fields; `undefined` for anything that is not a whole one, never a guess. */
export function splitAddress(text: string): SplitAddress | undefined {
  const match = ONE_LINE.exec(text.replace(/[\r\n]+/g, ', '))
  if (!match) return undefined
  const [, line1 = '', line2 = '', city = '', state = '', postalCode = ''] = match
  return { line1, line2, city, state: state.toUpperCase(), postalCode }
}

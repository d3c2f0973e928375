/**
 * Makes typed or received text storable on both engines: drops NUL and replaces lone surrogates,
 * which PostgreSQL refuses, then trims. Emoji, right-to-left text and apostrophes pass unchanged.
 */
export function cleanText(value: string): string {
  return value.toWellFormed().replaceAll('\u0000', '').trim()
}

/** Compares by code units: the same order on every machine and engine, unlike a locale's collation. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

const NOT_ASCII = /[\u0080-\uffff]/

/** Folds for matching: lower case, accents removed, runs of anything but letters and digits to one space. */
export function foldText(value: string): string {
  // Most of what is folded, and the same in a third of the time.
  if (!NOT_ASCII.test(value)) return value.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()
  return value
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

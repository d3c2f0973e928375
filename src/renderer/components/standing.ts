/** On which row of a list somebody stands, by its key. Pure. */
export interface Standing {
  /** Null before the list has shown a row. */
  readonly key: string | null
  /** Where to go on, in this order, when the person's own act takes the row away; null where none is under way. */
  readonly next: readonly string[] | null
}

export const NOWHERE: Standing = { key: null, next: null }

/**
 * Where somebody stands in the list as it is now: at first on its first row, then on that very row. One that others took away leaves
 * them on nothing, so that no key acts on whoever moved up; after their own act they stand on the next.
 * @param keys of the rows shown, in order
 * @returns the same object where nothing is different
 */
export function standingIn(standing: Standing, keys: readonly string[]): Standing {
  const { key, next } = standing
  if (key !== null && (next === null || keys.includes(key))) return standing
  const to = next?.find((one) => keys.includes(one)) ?? keys[0] ?? null
  return to === key ? standing : { key: to, next: null }
}

/** The person's own act is about to take rows away: they go on with the next one that stays, else with the one before. */
export function leaving({ key }: Standing, keys: readonly string[], going: ReadonlySet<string>): Standing {
  if (key === null || !going.has(key)) return { key, next: null }
  const at = keys.indexOf(key)
  return { key, next: [...keys.slice(at + 1), ...keys.slice(0, at).toReversed()].filter((one) => !going.has(one)) }
}

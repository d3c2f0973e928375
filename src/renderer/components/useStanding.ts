import { useRef, useState } from 'react'
import { leaving, NOWHERE, standingIn } from './standing.ts'

export interface StandingRow<Row> {
  /** The row that keys act on; undefined where it is gone, or there is none. */
  readonly row: Row | undefined
  /** The row somebody stood on, as last known, where others have taken it away since. */
  readonly gone: Row | undefined
  readonly stand: (key: string) => void
  /** Does what takes rows away, and goes on with the next one once they are. @param work says whether it was done */
  readonly act: (going: Iterable<string>, work: () => Promise<boolean>) => Promise<boolean>
}

/** The row of a list that somebody stands on: nobody else's row takes its place under their hand. */
export function useStanding<Row>(rows: readonly Row[], rowId: (row: Row) => string): StandingRow<Row> {
  const [stored, setStored] = useState(NOWHERE)
  const known = useRef<Row>(undefined)
  const acting = useRef(false)
  const keys = rows.map(rowId)
  const standing = standingIn(stored, keys)
  if (standing !== stored) setStored(standing)
  const row = rows.find((one) => rowId(one) === standing.key)
  if (row !== undefined) known.current = row
  return {
    row,
    gone: row === undefined && standing.key !== null ? known.current : undefined,
    stand: (key) => setStored({ key, next: null }),
    act: async (going, work) => {
      if (acting.current) return work()
      acting.current = true
      const ids = new Set(going)
      setStored((was) => leaving(was, keys, ids))
      const done = await work()
      acting.current = false
      if (!done) setStored(({ key }) => ({ key, next: null }))
      return done
    },
  }
}

/** What is said where the row somebody stood on is gone. */
export const goneWords = (name: string): string => `${name} is no longer in this list. J or K begins at its top.`

import type { Store } from '../../../src/main/store/store.ts'

/** The workstation fell over in the middle of what it was doing; said as SQLite says that the disk is gone. */
export class Crash extends Error {
  readonly code = 'SQLITE_IOERR_WRITE'
}

/** Places in a transaction at which a workstation may fall over. */
export type CrashPoint = 'rows' | 'cursor' | 'journal'

/** Makes a store fall over when told to. @returns how it is told: the next time it comes to that point; null calls it off */
export function armCrashes({ engine, sync, journal }: Store): (point: CrashPoint | null) => void {
  let armed: CrashPoint | null = null
  const fall = (point: CrashPoint): void => {
    if (armed !== point) return
    armed = null
    throw new Crash(point)
  }
  const [apply, moveCursor, record] = [engine.apply.bind(engine), sync.moveCursor.bind(sync), journal.record.bind(journal)]
  engine.apply = (changes) => {
    apply(changes)
    if (changes.length > 0) fall('rows')
  }
  sync.moveCursor = (cursor) => {
    moveCursor(cursor)
    fall('cursor')
  }
  journal.record = (...words) => {
    const seq = record(...words)
    fall('journal')
    return seq
  }
  return (point) => {
    armed = point
  }
}

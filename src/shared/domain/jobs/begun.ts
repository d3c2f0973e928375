import { DAY } from '../../base/time.ts'

interface Reference {
  readonly active: boolean
  readonly updatedAt: number
}

/** Whether a booking may still take what it was offered when it was begun. */
export interface Offered {
  <R extends Reference>(row: R | undefined): row is R
  /** Whether a row is another than it was when the booking was begun. */
  readonly changed: (row: Reference) => boolean
}

/** No call lasts longer; a booking that lies about for days takes the reference data as it is. */
const CALL_LIMIT = DAY

/**
 * What is in use, and what was taken out of use only after the booking was begun: the screen offered it, and the customer was
 * told.
 * @param begunAt null where nobody said when
 */
export function offeredThen(begunAt: number | null, at: number): Offered {
  const counts = begunAt !== null && begunAt <= at && at - begunAt <= CALL_LIMIT
  const changed = ({ updatedAt }: Reference): boolean => counts && updatedAt >= begunAt
  const offered = <R extends Reference>(row: R | undefined): row is R => row !== undefined && (row.active || changed(row))
  return Object.assign(offered, { changed })
}

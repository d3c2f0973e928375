import type { EndCause } from '../port.ts'

/** How a dialogue ended, in SIP's own words. */
export interface Ending {
  readonly direction: 'in' | 'out'
  readonly answered: boolean
  /** `us`: by a command or a rule here; `them`: by the other side; `fault`: by neither. */
  readonly by: 'us' | 'them' | 'fault'
  /** The status of the final response; null where a CANCEL or BYE ended it. */
  readonly status: number | null
  /** The Reason field (RFC 3326) of the message that ended it. */
  readonly reason: string
}

const ELSEWHERE = /completed elsewhere|(?:^|[;,\s])cause\s*=\s*(?:200|26)(?!\d)/i
const DECLINED = /(?:^|[;,\s])cause\s*=\s*603(?!\d)/i

function unanswered({ direction, by, status, reason }: Ending): EndCause {
  if (direction === 'in') {
    if (by === 'us') return status === 486 ? 'busy' : 'rejected'
    if (by === 'fault') return 'failed'
    if (ELSEWHERE.test(reason)) return 'answeredElsewhere'
    return DECLINED.test(reason) ? 'rejected' : 'callerHungUp'
  }
  if (by === 'us') return 'hungUp'
  if (status === 486 || status === 600) return 'busy'
  return status === 603 ? 'rejected' : 'failed'
}

/** Why a call is over, in Baton's words. A CANCEL because somebody else took the ring is not a missed call. */
export function endCauseOf(ending: Ending): EndCause {
  if (!ending.answered) return unanswered(ending)
  if (ending.by === 'fault') return 'lost'
  return ending.by === 'us' ? 'hungUp' : 'callerHungUp'
}

import { assertNever } from '../../../shared/base/assertNever.ts'
import { formatTime } from '../../../shared/base/zone.ts'
import type { Regard, TruthList, TruthReason } from '../../../shared/domain/watch/truth.ts'

export const LIST_NAMES: Readonly<Record<TruthList, string>> = { kept: 'Promise kept', atRisk: 'At risk: call with the new time', mustMove: 'Must move' }

/** 001: who has to love us, who has to like us, and who not so much. */
export const REGARD_NAMES: Readonly<Record<Regard, string>> = { love: 'Must love us', like: 'Must like us', notSoMuch: 'Not so much' }

/** Why a visit is in its list, in a sentence. */
export function reasonWords(reason: TruthReason, expectedAt: number | null, zone: string): string {
  const time = expectedAt === null ? '' : formatTime(expectedAt, zone)
  switch (reason) {
    case 'inTime':
      return `We are there at ${time}`
    case 'afterWindow':
      return `${time} at best, after the window`
    case 'outsideWindow':
      return `Planned at ${time}, before the window`
    case 'runsIntoOvertime':
      return `We are there at ${time}, and it runs into overtime`
    case 'noTechnician':
      return 'Nobody has it'
    case 'technicianOff':
      return 'Its technician does not work today'
    case 'notSkilled':
      return 'Its technician lacks the skill'
    case 'afterShift':
      return `${time} at best, after the shift`
    case 'onHold':
      return 'On hold'
    default:
      return assertNever(reason, 'reason')
  }
}

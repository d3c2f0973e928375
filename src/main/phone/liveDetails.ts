import type { CallAction, LiveCall } from '../../shared/contract/methods/calls.ts'
import { getIf } from '../../shared/domain/kernel/load.ts'
import { userTable } from '../../shared/domain/people/tables.ts'
import type { Services } from '../core/service.ts'
import type { Ability, LineState, PhoneCall } from './port.ts'
import { PRACTICE_ABILITIES } from './practiceLine.ts'

/** A telephone that has never said what it can do: what every telephone can. */
const USUAL: readonly Ability[] = ['answer', 'hangUp', 'hold', 'transfer']

/** What the telephone that this call is on can be asked to do. */
export function abilitiesFor(line: LineState | null, practice: boolean): readonly Ability[] {
  return practice ? PRACTICE_ABILITIES : line ? line.abilities : USUAL
}

/** What can be done to a call where it stands, if the telephone could do everything. */
function possible(call: PhoneCall): readonly CallAction[] {
  switch (call.state) {
    case 'offered':
      return ['answer', 'reject']
    case 'dialing':
    case 'early':
      return ['hangUp']
    case 'active':
      return ['hangUp', 'hold', 'mute', 'digits', 'record', ...(call.conference === true ? [] : (['transfer', 'transferToNumber', 'consult'] as const))]
    case 'held':
      return ['hangUp', 'resume', 'mute', 'record', ...(call.conference === true ? [] : (['transfer', 'transferToNumber', 'consult'] as const))]
    case 'consulting':
      return ['resume', 'mute', 'digits', 'record', 'completeTransfer', ...(call.consult === 'talking' ? (['conference'] as const) : [])]
    case 'transferring':
      return ['answer', 'reject', 'resume']
    case 'recalling':
      return ['answer', 'resume', 'transfer', 'transferToNumber']
    default:
      return ['hangUp']
  }
}

/** The ability an action needs of the telephone. */
function abilityOf(action: CallAction): Ability {
  return action === 'resume' ? 'hold' : action === 'completeTransfer' ? 'consult' : action
}

/** What the page shows of a call beside who it is and how long. */
export function detailsOf({ store: { engine }, liveCalls }: Services, call: PhoneCall): Pick<LiveCall, 'muted' | 'recording' | 'conference' | 'digits' | 'consult' | 'can'> {
  const abilities = abilitiesFor(liveCalls.line, call.practice)
  const up = 'muted' in call || 'recording' in call || 'conference' in call || 'digits' in call ? call : null
  return {
    muted: up?.muted ?? false,
    recording: up?.recording ?? null,
    conference: up?.conference ?? false,
    digits: up?.digits ?? '',
    consult:
      call.state === 'consulting'
        ? { toUserId: call.toAgentId, to: call.toAgentId === null ? (call.toNumber ?? '') : (engine.run(getIf(userTable, call.toAgentId))?.name ?? 'A colleague'), state: call.consult }
        : null,
    can: possible(call).filter((action) => abilities.includes(abilityOf(action))),
  }
}

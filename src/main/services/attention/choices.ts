import type { AttentionChoice } from '../../../shared/contract/methods/hub.ts'
import type { RefusedChange } from '../../../shared/domain/attention/tables.ts'
import { COMMANDS } from '../../../shared/domain/commands.ts'
import type { Permission } from '../../../shared/domain/people/permissions.ts'
import type { Settling } from './settling.ts'

/** All that decides what can be done about a refused change. */
export interface Situation {
  readonly change: RefusedChange
  readonly settling: Settling | undefined
  /** How many changes fell with it. */
  readonly fallen: number
  /** The version of the visit it is about, as it is shown now: whoever does it again has seen that one. */
  readonly visitVersion: number | null
  /** The kind of record that `open` shows, where there is one. */
  readonly opens: string | null
  readonly may: (permission: Permission) => boolean
}

const OPEN_LABELS: Readonly<Record<string, string>> = {
  appointment: 'Open the visit',
  job: 'Open the job',
  customer: 'Open the customer',
  invoice: 'Open the invoice',
  batch: 'Open the batch',
  call: 'Open the call',
  refused_change: 'Show what it fell with',
}

function openChoice({ change, opens }: Situation): readonly AttentionChoice[] {
  const label = opens === null ? undefined : opens === 'appointment' && change.commandName === 'appointment.assign' ? 'Open the board at that time' : OPEN_LABELS[opens]
  return label === undefined ? [] : [{ key: 'Enter', label, action: 'open', changes: null, withFallen: false, outcomeKey: null }]
}

/** What is laid over the input: the version that was seen, where the command asks for one. */
function seen({ change, visitVersion }: Situation): Readonly<Record<string, unknown>> | null {
  const asks = typeof change.input === 'object' && change.input !== null && 'expectedVersion' in change.input
  return asks && visitVersion !== null ? { expectedVersion: visitVersion } : null
}

function again(situation: Situation): readonly AttentionChoice[] {
  const { change, settling, fallen, visitVersion, may } = situation
  const command = COMMANDS.get(change.commandName)
  const outcomeKey = settling?.redone?.key
  // What asks for the hub's word is given on its own screen, where its person waits for it.
  if (outcomeKey === undefined || change.kind === 'flagged' || !command || command.online === true || !may(command.permission)) return []
  const redo = { action: 'redo' as const, outcomeKey }
  if (change.commandName === 'appointment.assign' && change.code === 'dispatch.doubleBooked') {
    if (!may('visit.overbook')) return []
    return [{ ...redo, key: 'O', label: 'Overbook anyway', changes: { overbookAccepted: true, ...(visitVersion === null ? {} : { expectedVersion: visitVersion }) }, withFallen: fallen > 0 }]
  }
  const changes = seen(situation)
  if (fallen === 0) return [{ ...redo, key: 'A', label: 'Do it again', changes, withFallen: false }]
  return [
    { ...redo, key: 'A', label: 'Do it again, with what fell', changes, withFallen: true },
    { ...redo, key: 'S', label: 'Only this one again', changes, withFallen: false },
  ]
}

/** What can be done about it, the likeliest first; each has its own key. */
export function choicesFor(situation: Situation): AttentionChoice[] {
  const { dropped, waiting } = situation.settling ?? {}
  const spoken = { changes: null, withFallen: false }
  return [
    ...again(situation),
    ...openChoice(situation),
    ...(waiting ? [{ ...spoken, key: 'W', label: waiting.label, action: 'wait' as const, outcomeKey: waiting.key }] : []),
    ...(dropped ? [{ ...spoken, key: 'X', label: situation.change.kind === 'flagged' ? 'Let it stand' : 'Let it go', action: 'drop' as const, outcomeKey: dropped.key }] : []),
  ]
}

import type { Asked } from '../../core/service.ts'
import type { WaitingChange } from '../../sync/port.ts'
import { deedOf } from './describe.ts'
import { lookFor } from './look.ts'

/** The waiting changes as a person would tell them: who did what for whom, not what kind of change it was. */
export function waitingInWords(changes: readonly WaitingChange[], asked: Asked): WaitingChange[] {
  if (changes.length === 0) return []
  const look = lookFor(asked)
  return changes.map((change) => {
    const command = asked.store.sync.find(change.commandId)
    return command ? { ...change, summary: deedOf({ commandName: command.name, commandVersion: command.version, input: command.input }, look).title } : change
  })
}

import { newId } from '../../../shared/base/id.ts'
import { refusedChangeTable, type RefusedChange } from '../../../shared/domain/attention/tables.ts'
import { COMMANDS } from '../../../shared/domain/commands.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { upcast } from '../../../shared/sync/upcast.ts'
import type { CommandRequest } from '../../core/runner.ts'
import { type Asked, ServiceError } from '../../core/service.ts'
import { fallenWith, settlingOf } from './settling.ts'

export interface Redo {
  readonly id: string
  /** Laid over the input. */
  readonly changes: Readonly<Record<string, unknown>> | null
  /** Also what fell with it, in the order in which it was done. */
  readonly withFallen: boolean
}

/** The input as it is given again: what its person had seen then says nothing about now. */
function inputAgain(change: RefusedChange, changes: Redo['changes']): unknown {
  const command = COMMANDS.get(change.commandName)
  if (!command) throw new ServiceError('attention.unknownCommand', 'This Baton is older than the one it was done with, and can\u2019t do it again. Update this workstation, or let it go.')
  const input = upcast(command, change.commandVersion, change.input)
  if (typeof input !== 'object' || input === null) return input
  const { expectedVersion: _seenThen, ...rest } = input as Readonly<Record<string, unknown>>
  return { ...rest, ...changes }
}

/**
 * Answers `attention.redo`: gives the command again as a new one of whoever does it, and settles the promise; all of it
 * or nothing.
 * @throws ServiceError where it is settled already, has no promise of its own, or is refused again
 */
export function redo({ id, changes, withFallen }: Redo, asked: Asked): { commandId: string } {
  const { engine } = asked.store
  const change = engine.run(get(refusedChangeTable, id))
  if (!change) throw new ServiceError('attention.unknown', 'This change is not kept here. Look at the queue again.')
  if (change.state !== 'open') throw new ServiceError('attention.settled', 'Somebody has settled this meanwhile. Nothing was done again.')
  const settling = settlingOf(asked, id)
  if (!settling?.redone) {
    throw new ServiceError(
      'attention.noPromise',
      change.causeId === null ? 'The queue that holds this is switched off, so it can\u2019t be settled. Switch it on in Settings, Queues.' : 'This fell with another change and is settled together with that one. Open that one.',
    )
  }
  const commandId = newId(asked.now())
  const again = (other: RefusedChange, more: Redo['changes']): CommandRequest => ({ name: other.commandName, input: inputAgain(other, more), actorId: asked.actorId })
  const refusal = asked.runTogether([
    { ...again(change, changes), commandId },
    ...(withFallen ? engine.run(fallenWith(id)).map((other) => again(other, null)) : []),
    {
      name: 'promise.recordOutcome',
      actorId: asked.actorId,
      input: { promiseId: settling.promise.id, outcomeKey: settling.redone.key, note: settling.redone.needsNote ? 'Done again' : '' },
    },
  ])
  if (refusal) {
    const { code, message, ...more } = refusal
    throw new ServiceError(code, message, more)
  }
  return { commandId }
}

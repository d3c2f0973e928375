import { COMMANDS } from '../../../shared/domain/commands.ts'
import { readInput } from '../../../shared/domain/kernel/readInput.ts'
import { upcast } from '../../../shared/sync/upcast.ts'
import type { Given } from './given.ts'

/** The input as this version understands it; undefined where it can’t be read any more. */
export function inputOf({ commandName, commandVersion, input }: Given): unknown {
  const command = COMMANDS.get(commandName)
  if (!command) return undefined
  const read = readInput(command.input, upcast(command, commandVersion, input))
  return read.kind === 'read' ? read.value : undefined
}

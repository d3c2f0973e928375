import { COMMANDS, type RegisteredCommand } from '../../../shared/domain/commands.ts'
import { readInput } from '../../../shared/domain/kernel/readInput.ts'
import { upcast } from '../../../shared/sync/upcast.ts'
import { bookingDeeds } from './bookingDeeds.ts'
import type { Deed, Deeds, Given } from './deed.ts'
import { genericDeed } from './genericDeed.ts'
import type { Look } from './look.ts'
import { moneyDeeds } from './moneyDeeds.ts'
import { visitDeeds } from './visitDeeds.ts'

const DEEDS: Deeds = { ...visitDeeds, ...bookingDeeds, ...moneyDeeds }

/** The input as this version understands it; undefined where it can\u2019t be read any more. */
export function inputOf({ commandName, commandVersion, input }: Given): unknown {
  const command = COMMANDS.get(commandName)
  if (!command) return undefined
  const read = readInput(command.input, upcast(command, commandVersion, input))
  return read.kind === 'read' ? read.value : undefined
}

/** What a person did by this command. Every command has words; those that are seen often have better ones. */
export function deedOf(given: Given, look: Look): Deed {
  const input = inputOf(given)
  // The input was read by the schema of the very command that the describer is for.
  const describe = DEEDS[given.commandName as RegisteredCommand['name']] as ((input: unknown, look: Look) => Deed) | undefined
  return input === undefined || !describe ? genericDeed(given, look) : describe(input, look)
}

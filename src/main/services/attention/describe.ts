import type { RegisteredCommand } from '../../../shared/domain/commands.ts'
import { bookingDeeds } from './bookingDeeds.ts'
import { customerDeeds } from './customerDeeds.ts'
import type { Deed, Deeds } from './deed.ts'
import type { Given } from './given.ts'
import { genericDeed } from './genericDeed.ts'
import { inputOf } from './givenInput.ts'
import type { Look } from './look.ts'
import { moneyDeeds } from './moneyDeeds.ts'
import { visitDeeds } from './visitDeeds.ts'

const DEEDS: Deeds = { ...visitDeeds, ...bookingDeeds, ...customerDeeds, ...moneyDeeds }

/** What a person did by this command. Every command has words; those that are seen often have better ones. */
export function deedOf(given: Given, look: Look): Deed {
  const input = inputOf(given)
  // The input was read by the schema of the very command that the describer is for.
  const describe = DEEDS[given.commandName as RegisteredCommand['name']] as ((input: unknown, look: Look) => Deed) | undefined
  return input === undefined || !describe ? genericDeed(given, look) : describe(input, look)
}

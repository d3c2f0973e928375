import type { DecidedCommand } from '../../../src/hub/core/hubStore.ts'
import { holesAndRepeats, numbered } from '../properties/numbers.ts'

/** Every number that a workstation gave came to the hub, once; whether it is on a document there, the money's property says. */
export function sentNumberProblems(written: readonly DecidedCommand[]): readonly string[] {
  return holesAndRepeats(written.flatMap(({ command }) => Object.entries(command.numbers).flatMap(([kind, text]) => numbered(kind, text) ?? [])), 'sent')
}

import { COMMANDS } from '../../../src/shared/domain/commands.ts'
import type { Tally } from '../tally.ts'

/** What only opens a company, and what only the hub reports of itself, no workstation does. */
const NOT_AT_A_WORKSTATION = new Set(['company.create', 'change.refused'])

/** The share of accepted commands of each kind, where they are done and at the hub; one line a kind. */
export function sharesTable(origin: Tally, atHub: Tally): string {
  const percent = (tally: Tally, command: string): string => (tally.tried(command) === 0 ? '   -' : `${Math.round(tally.share(command) * 100)} %`).padStart(5)
  return [...new Set([...origin.commands, ...atHub.commands])]
    .sort()
    .map((command) => `${command.padEnd(24)} ${String(origin.tried(command)).padStart(6)} done, accepted ${percent(origin, command)}; ${String(atHub.tried(command)).padStart(6)} at the hub, accepted ${percent(atHub, command)}`)
    .join('\n')
}

/** A share of fewer is chance: of two answers in a chat, both may lose against a colleague's. */
const ENOUGH_FOR_A_SHARE = 20

function isRare(tally: Tally, name: string): boolean {
  return tally.tried(name) < ENOUGH_FOR_A_SHARE ? tally.tried(name) === 0 : tally.share(name) < 0.1
}

/** Kinds that were never tried, or of which fewer than a tenth are accepted, with where. */
export function rarelyAccepted(origin: Tally, atHub: Tally): readonly string[] {
  return [...COMMANDS.keys()]
    .filter((name) => !NOT_AT_A_WORKSTATION.has(name))
    .flatMap((name) => [...(isRare(origin, name) ? [`${name} where it is done`] : []), ...(isRare(atHub, name) ? [`${name} at the hub`] : [])])
}

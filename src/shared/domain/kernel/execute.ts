import { derivedId } from '../../base/id.ts'
import type { Instant } from '../../base/time.ts'
import { ROLE_PERMISSIONS, rolesMay, SYSTEM_ACTOR, SYSTEM_PERMISSIONS, TECHNICIAN_PERMISSIONS, type Permission } from '../people/permissions.ts'
import { technicianTable, userTable } from '../people/tables.ts'
import { settlePromises } from '../promises/engine.ts'
import type { Command, CommandEnvelope, DecisionContext } from './command.ts'
import type { NetChange } from './changes.ts'
import { get, type Loading } from './load.ts'
import { findDangling } from './references.ts'
import { foldChanges } from './netChanges.ts'
import { refuse, type Refusal, type Refused } from './refusal.ts'

export type Execution =
  | {
      readonly kind: 'accepted'
      readonly changes: readonly NetChange[]
      /** Why a person should look at it all the same: its author may not (or no longer) report such facts. */
      readonly objection: Refusal | null
    }
  | Refused

/**
 * Where a command is run: by the person who gives it; again, on what has become of the rows meanwhile; or at the hub.
 * After the first, a fact has happened and nothing about it is refused.
 */
export type Place = 'origin' | 'replay' | 'hub'

function* permissionsOf(actorId: string): Loading<(permission: Permission) => boolean> {
  if (actorId === SYSTEM_ACTOR) return (permission) => SYSTEM_PERMISSIONS.has(permission)
  const user = yield* get(userTable, actorId)
  if (!user) {
    // Nobody of the office: a technician by their link, or nobody at all.
    const technician = yield* get(technicianTable, actorId)
    return (permission) => technician?.active === true && TECHNICIAN_PERMISSIONS.has(permission)
  }
  if (user.presence === 'left') return () => false
  return (permission) => rolesMay(user.roles, permission)
}

/** Names the roles that could do it, so that the sentence tells the person whom to ask. */
function whoMay(permission: Permission): string {
  return Object.entries(ROLE_PERMISSIONS)
    .filter(([, allowed]) => allowed.has(permission))
    .map(([role]) => role)
    .join(', ')
}

/**
 * One command, whole: permission, load, decide, promises, fold. It reads through `yield` and writes
 * nothing, so that a workstation, the hub and a test run the very same steps and get the same rows.
 * @param heardAt when the hub heard of it by its own clock, epoch ms
 */
export function* execute(command: Command, envelope: CommandEnvelope, place: Place = 'origin', heardAt: Instant = envelope.at): Loading<Execution> {
  const may = yield* permissionsOf(envelope.actorId)
  const notAllowed = may(command.permission)
    ? null
    : refuse('people.notAllowed', `This needs the right \u201c${command.permission}\u201d, which these roles have: ${whoMay(command.permission)}.`)
  if (notAllowed && (command.kind === 'intention' || place === 'origin')) return notAllowed
  const context: DecisionContext = {
    companyId: envelope.companyId,
    commandId: envelope.id,
    deviceId: envelope.deviceId,
    at: envelope.at,
    surelyAt: Math.min(envelope.at, heardAt),
    actorId: envelope.actorId,
    may,
    id: (label) => derivedId(envelope.id, label),
    number: (kind) => {
      const number = envelope.numbers[kind]
      if (number === undefined) throw new Error(`${command.name} asked for a ${kind} number it did not declare`)
      return number
    },
  }
  const loaded = yield* command.load(envelope.input, { actorId: envelope.actorId, deviceId: envelope.deviceId })
  const question = place === 'origin' && command.kind === 'fact' ? command.question?.(envelope.input, loaded, context) : undefined
  if (question) return question
  const decision = command.decide(envelope.input, loaded, context)
  if (decision.kind === 'refused') return decision
  const direct = foldChanges(decision.changes, context)
  const promises = yield* settlePromises(direct, context)
  const changes = promises.length === 0 ? direct : foldChanges([...decision.changes, ...promises], context)
  const dangling = yield* findDangling(changes)
  if (dangling) {
    if (command.kind === 'fact') throw new Error(`${command.name} would leave ${dangling.table}.${dangling.column} pointing at nothing`)
    return refuse('record.missing', `This refers to a ${dangling.references.replaceAll('_', ' ')} that is not there, or not any more. Look it up again.`, { field: dangling.column })
  }
  return { kind: 'accepted', changes, objection: notAllowed?.refusal ?? null }
}

import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import { rolesMay } from '../../../src/shared/domain/people/permissions.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import { GENERATORS } from '../generators.ts'
import { ZONE } from '../simulator.ts'
import type { Generator } from '../world.ts'
import type { SyncOffice } from './office.ts'
import type { Workstation } from './workstation.ts'

/** Something rare that happens to the office, with how often it does, a tick. */
interface Scene {
  readonly chance: number
  /** At most so often in one seed. */
  readonly most: number
  readonly play: (office: SyncOffice) => Promise<void> | void
}

function generator(command: string): Generator {
  const found = GENERATORS.find((candidate) => candidate.command === command)
  if (!found) throw new Error(`Nothing generates ${command}`)
  return found
}

const some = (office: SyncOffice): Workstation | undefined => office.random.pick(office.workstations)

/** The process is killed between two transactions: after a commit and before its push, or after a push and before its answer. */
function restart(office: SyncOffice): void {
  const workstation = some(office)
  if (!workstation) return
  office.note(`${workstation.device.name} is killed`)
  workstation.restart()
}

/** The disk is gone in the middle of a command. */
function fallWithinCommand(office: SyncOffice): void {
  const workstation = some(office)
  if (!workstation) return
  workstation.crashAt('journal')
  office.act(workstation, generator('call.offered'))
  workstation.crashAt(null)
}

function hubFalls(office: SyncOffice): void {
  office.hub.crashAt(office.random.chance(0.5) ? 'beforeCommit' : 'afterCommit')
}

async function compact(office: SyncOffice): Promise<void> {
  const keep = office.random.below(30)
  const upTo = (await office.hub.seq()) - keep
  if (upTo > 0) await office.hub.compact(upTo)
}

function clockIsSet(office: SyncOffice): void {
  const workstation = some(office)
  if (workstation) workstation.skew = office.random.pick([0, 0, 86_400_000, -86_400_000, 3_600_000, -3_600_000]) ?? 0
}

/** An owner at one workstation lets somebody go, or has somebody back. */
function ownerSets(office: SyncOffice, workstation: Workstation, userId: string, presence: 'left' | 'active'): boolean {
  const owner = workstation.shown.rows(userTable).find((user) => user.roles.includes('owner') && user.presence !== 'left')
  return owner !== undefined && office.do(workstation, 'user.change', { input: { userId, set: { presence } }, actorId: owner.id })
}

/** Somebody who is out of touch works on, takes money of a new customer, and has lost the right to it meanwhile. */
function rightsAreTaken(office: SyncOffice): void {
  const { random } = office
  const away = some(office)
  const elsewhere = random.pick(office.workstations.filter((workstation) => workstation !== away))
  if (away?.isUsable !== true || elsewhere?.isUsable !== true) return
  const people = away.shown.rows(userTable)
  const back = random.pick(people.filter((user) => user.presence === 'left'))
  if (back) ownerSets(office, elsewhere, back.id, 'active')
  const person = random.pick(people.filter((user) => user.presence === 'active' && rolesMay(user.roles, 'payment.take') && !user.roles.includes('owner')))
  if (!person || !ownerSets(office, elsewhere, person.id, 'left')) return
  away.weather.cut(40 + random.below(60))
  office.note(`${person.name} is at ${away.device.name} and has left`)
  const created = generator('customer.create').propose(office.world(away))
  const customerId = (created?.input as { readonly customerId?: string } | undefined)?.customerId
  if (!created || customerId === undefined || !office.do(away, 'customer.create', { ...created, actorId: person.id })) return
  const day = wallTimeOf(away.clock, ZONE).day
  const money = { paymentId: random.id(), customerId, invoiceId: null, form: 'cash', amountCents: 100 + random.below(40_000), checkNumber: null, memo: '', day }
  office.do(away, 'payment.record', { input: money, actorId: person.id })
}

/** Somebody out of touch does a lot at once. */
function offlineSpell(office: SyncOffice): void {
  const workstation = some(office)
  if (workstation) workstation.weather.cut(30 + office.random.below(150))
}

async function copyFolder(office: SyncOffice): Promise<void> {
  if (office.restores.count > 0) return
  const workstation = some(office)
  if (workstation?.isUsable === true) await office.copy(workstation)
}

async function revoke(office: SyncOffice): Promise<void> {
  const workstation = office.workstations.length > 2 ? some(office) : undefined
  if (!workstation) return
  office.note(`${workstation.device.name} is revoked`)
  // What it gave back to a restored hub before, that hub has yet to do again.
  const recovering = (await office.hub.company()).recoveringUntil !== null
  if (recovering) office.restores.doWithout(workstation, office)
  office.revoked.set(workstation.device.id, recovering ? Number.POSITIVE_INFINITY : await office.hub.seq())
  await office.hub.revoke(workstation.device.id)
}

async function backUp(office: SyncOffice): Promise<void> {
  if ((await office.hub.company()).recoveringUntil === null) await office.hub.backUp()
}

/** Of two copies the one that the hub heard first goes on, and a restored hub may hear the other one first: then work is lost. */
async function restore(office: SyncOffice): Promise<void> {
  const { hub, everybody, workstations } = office
  const copied = everybody.length > new Set(everybody.map(({ device }) => device.id)).size
  if (copied || workstations.length === 0 || (hub.backupSeq ?? 0) === 0) return
  if ((await hub.company()).recoveringUntil === null) await office.restores.play(office)
}

export const SCENES: readonly Scene[] = [
  { chance: 0.006, most: 20, play: restart },
  { chance: 0.003, most: 20, play: fallWithinCommand },
  { chance: 0.006, most: 20, play: hubFalls },
  { chance: 0.004, most: 10, play: compact },
  { chance: 0.003, most: 5, play: clockIsSet },
  { chance: 0.005, most: 6, play: rightsAreTaken },
  { chance: 0.005, most: 6, play: offlineSpell },
  { chance: 0.0004, most: 1, play: copyFolder },
  { chance: 0.0005, most: 1, play: revoke },
  { chance: 0.01, most: 20, play: backUp },
  { chance: 0.0015, most: 2, play: restore },
]

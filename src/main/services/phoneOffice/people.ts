import type { Colleague } from '../../../shared/contract/methods/phoneOffice.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { rolesMay } from '../../../shared/domain/people/permissions.ts'
import { type User, userTable } from '../../../shared/domain/people/tables.ts'
import { standingAt } from '../../../shared/domain/phone/status.ts'
import { phoneExtensionTable, type WorkStatus, workStatusTable } from '../../../shared/domain/phone/tables.ts'
import type { Services } from '../../core/service.ts'

/** A colleague, and whether they take calls at all. */
export interface Person extends Colleague {
  readonly answers: boolean
}

type Seen = Pick<Colleague, 'at' | 'deviceName' | 'call'>

const NOWHERE: Seen = { at: 'out', deviceName: null, call: null }

/** Of somebody at two pages, the one where they do most counts. */
function better(one: Seen, other: Seen): Seen {
  const rank = ({ at, call }: Seen): number => (call && call.state !== 'ringing' ? 4 : 0) + (at === 'here' ? 2 : at === 'locked' ? 1 : 0)
  return rank(other) > rank(one) ? other : one
}

/** Who is where, at this workstation and, through the hub, at the others. */
function seen({ hub }: Pick<Services, 'hub'>): ReadonlyMap<string, Seen> {
  const found = new Map<string, Seen>()
  const see = (userId: string, now: Seen): void => void found.set(userId, better(found.get(userId) ?? NOWHERE, now))
  const placeOf = (state: 'here' | 'onCall' | 'locked'): Seen['at'] => (state === 'locked' ? 'locked' : 'here')
  for (const { userId, state, call } of hub.here()) see(userId, { at: placeOf(state), deviceName: null, call: call ? { ...call } : null })
  for (const { userId, state, call, deviceName } of hub.present()) see(userId, { at: placeOf(state), deviceName, call })
  return found
}

/** Whoever passed their promises on is not there, whatever was last said of their telephone. */
function statusOf({ presence, absence }: User, status: WorkStatus): WorkStatus {
  if (presence !== 'away' || (status !== 'available' && status !== 'wrapUp')) return status
  return absence === 'lunch' ? 'lunch' : 'gone'
}

/** Everybody who works here, by name. */
export function colleaguesOf(services: Pick<Services, 'store' | 'hub' | 'now'>): readonly Person[] {
  const { engine } = services.store
  const now = services.now()
  const standings = new Map(engine.run(all(workStatusTable)).map((row) => [row.userId, row]))
  const extensions = new Map(engine.run(all(phoneExtensionTable)).map((row) => [row.userId, row]))
  const where = seen(services)
  return engine
    .run(all(userTable))
    .filter(({ presence }) => presence !== 'left')
    .map((user): Person => {
      const standing = standingAt(standings.get(user.id), now)
      const spot = where.get(user.id) ?? NOWHERE
      const extension = extensions.get(user.id)
      const status = statusOf(user, standing.status)
      return {
        userId: user.id,
        name: user.name,
        roles: [...user.roles],
        active: user.presence === 'active',
        ...spot,
        status,
        since: standing.since === 0 ? null : standing.since,
        until: standing.until,
        extension: extension?.extension ?? null,
        groups: [...(extension?.groups ?? [])],
        skills: [...(extension?.skills ?? [])],
        free: spot.at === 'here' && status === 'available' && (spot.call === null || spot.call.state === 'ringing'),
        answers: rolesMay(user.roles, 'call.handle'),
      }
    })
    .sort((one, other) => one.name.localeCompare(other.name))
}

/** As the contract has it. */
export function asColleague({ answers: _answers, ...person }: Person): Colleague {
  return person
}

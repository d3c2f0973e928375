import type { sessionMethods } from '../../../shared/contract/methods/session.ts'
import { newId } from '../../../shared/base/id.ts'
import { isKnownZone } from '../../../shared/base/zone.ts'
import { all, get } from '../../../shared/domain/kernel/load.ts'
import { type Permission, PERMISSIONS, rolesMay, SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { companyTable, credentialTable, type User, userTable } from '../../../shared/domain/people/tables.ts'
import { type Asked, type Implementation, ServiceError, type Services } from '../../core/service.ts'
import { firstSteps } from '../sample/startingData.ts'
import { buildSampleCompany } from '../sample/sampleCompany.ts'
import { SignInAttempts } from './attempts.ts'
import { clockToLearn } from '../dispatch/clocks.ts'
import { initialsOf } from './initials.ts'
import { hashPin, pinMatches } from './pin.ts'

function describe(user: User) {
  const permissions: Permission[] = PERMISSIONS.filter((permission) => rolesMay(user.roles, permission))
  return { userId: user.id, name: user.name, initials: initialsOf(user.name), roles: [...user.roles], permissions }
}

const attempts = new SignInAttempts()

/**
 * Checks a person's PIN.
 * @returns the person
 * @throws ServiceError with what to do: wrong PIN, too many tries, no PIN yet
 */
export function verifyPin(services: Services, userId: string, pin: string): User {
  const { engine } = services.store
  const user = engine.run(get(userTable, userId))
  if (!user || user.presence === 'left') throw new ServiceError('session.unknownPerson', 'This person can\u2019t sign in here. Choose another name.', { field: 'userId' })
  const wait = attempts.waitFor(userId, services.now())
  if (wait > 0) throw new ServiceError('session.wait', `Too many wrong PINs for ${user.name}. Try again in ${Math.ceil(wait / 1000)} seconds.`, { field: 'pin' })
  const credential = engine.run(get(credentialTable, userId))
  if (!credential) throw new ServiceError('session.noPin', `${user.name} has no PIN yet. An owner gives one in Settings, People.`, { field: 'pin' })
  if (!pinMatches(pin, credential)) {
    attempts.failed(userId, services.now())
    throw new ServiceError('session.wrongPin', 'This PIN is not right. Type it again.', { field: 'pin' })
  }
  attempts.succeeded(userId)
  return user
}

function companyOf(asked: Asked) {
  const company = asked.store.engine.run(all(companyTable))[0]
  if (!company) return null
  const { id, name, phase, zone, ringLimitSeconds, lockAfterMinutes } = company
  return { id, name, phase, zone, ringLimitSeconds, lockAfterMinutes }
}

function refuseWhereCompanyExists(asked: Asked): void {
  if (companyOf(asked)) throw new ServiceError('company.exists', 'This store already holds a company. Start Baton with another --data folder for a second one.')
}

export const sessionService: Implementation<typeof sessionMethods> = {
  'session.state': (_input, asked) => {
    const { engine } = asked.store
    const users = engine.run(all(userTable)).filter((user) => user.presence !== 'left')
    const people = users
      .map((user) => {
        const { userId, name, initials: short, roles } = describe(user)
        return { userId, name, initials: short, roles, hasPin: engine.run(get(credentialTable, user.id)) !== undefined }
      })
      .sort((left, right) => left.name.localeCompare(right.name))
    const user = users.find((candidate) => candidate.id === asked.session.userId)
    return { company: companyOf(asked), people, person: user ? describe(user) : null, version: asked.version, desktop: asked.desktop }
  },

  'session.signIn': ({ userId, pin }, asked) => {
    const user = verifyPin(asked, userId, pin)
    asked.session.userId = user.id
    return describe(user)
  },

  'session.lock': (_input, asked) => {
    asked.session.userId = null
    return {}
  },

  'company.startSample': async ({ seed, clientOperationId }, asked) => {
    refuseWhereCompanyExists(asked)
    const built = await buildSampleCompany(asked, { seed, operationId: clientOperationId ?? newId() })
    asked.session.userId = built.signInAs
    return { companyId: asked.store.companyId, customers: built.customers, locations: built.locations, jobs: built.jobs, milliseconds: built.milliseconds }
  },

  'company.setUp': ({ companyName, zone, ownerName, pin }, asked) => {
    refuseWhereCompanyExists(asked)
    if (!isKnownZone(zone)) throw new ServiceError('company.zone', 'This is not a time zone Baton knows. Choose one from the list.', { field: 'zone' })
    const ownerId = newId(asked.now())
    const refusal = asked.runTogether([
      { name: 'company.create', actorId: SYSTEM_ACTOR, input: { name: companyName, zone, phase: 'rehearsal', ownerId, ownerName } },
      { name: 'clock.learn', actorId: SYSTEM_ACTOR, input: { clocks: [clockToLearn(zone, asked.now())] } },
      { name: 'user.setPin', actorId: ownerId, input: { userId: ownerId, ...hashPin(pin) } },
      ...firstSteps(asked.store.companyId).map((step) => ({ ...step, actorId: ownerId })),
    ])
    if (refusal) throw new ServiceError(refusal.code, refusal.message, refusal.field === undefined ? {} : { field: refusal.field })
    asked.session.userId = ownerId
    const owner = asked.store.engine.run(get(userTable, ownerId))
    if (!owner) throw new Error('The owner was not stored')
    return describe(owner)
  },
}

import { ROLES, type Role } from '../../../src/shared/domain/people/permissions.ts'
import { businessUnitTable, companyTable, PRESENCES, technicianTable, userTable, type User } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const NAMES = ['Rosa Quill', 'Kim Ode', 'Lena Hart', 'Vic Stratton', 'Theo Brandt', 'D\u2019Arcy Okonjo', '\u05E9\u05B8\u05DC\u05D5\u05B9\u05DD'] as const
const SKILLS = ['cooling', 'heating', 'drains', 'panels', 'pool pumps'] as const

/** The roles that work in the front office most, so that every right has somebody. */
function someRoles({ random }: World): readonly Role[] {
  const first = random.pick(['owner', 'inboundCsr', 'dispatcher', 'receivables', 'serviceManager'] as const) ?? 'inboundCsr'
  const second = random.pick(ROLES)
  return second === undefined || second === first || random.chance(0.6) ? [first] : [first, second]
}

const createCompany: Generator = {
  command: 'company.create',
  propose: (world) => ({
    input: { name: 'Copper Ridge', zone: world.zone, phase: world.random.pick(['sample', 'rehearsal', 'live']), ownerId: world.random.id(), ownerName: 'Rosa Quill' },
  }),
}

const changeCompany: Generator = {
  command: 'company.change',
  propose: (world) => {
    const { random } = world
    if (world.rows(companyTable).length === 0) return undefined
    if (random.chance(WRONG)) return { input: { set: { opensAt: 18 * 60, closesAt: 7 * 60 } } }
    const set = random.pick([
      { name: random.pick(['Copper Ridge', 'Copper Ridge Home Services']) },
      { phone: `(555) 014-${1000 + random.below(9000)}` },
      { termsDays: random.below(60) },
      { taxRounding: random.pick(['line', 'invoice']) },
      { ringLimitSeconds: 12 + random.below(12) },
      { lockAfterMinutes: 1 + random.below(60) },
      { opensAt: 6 * 60 + random.below(120), closesAt: 17 * 60 + random.below(120) },
      { invoiceFooter: 'Thank you. \u{1F9CA}' },
    ])
    return { input: { set } }
  },
}

const goLive: Generator = {
  command: 'company.goLive',
  propose: (world) => (world.random.chance(0.2) ? { input: {} } : undefined),
}

const addUser: Generator = {
  command: 'user.add',
  propose: (world) => {
    const { random } = world
    const users = world.rows(userTable)
    // An office of a dozen: enough for every role and every circle of covers, few enough to meet again.
    if (users.length > 12 && !random.chance(0.1)) return undefined
    const id = random.chance(WRONG) ? (random.pick(users)?.id ?? random.id()) : random.id()
    return { input: { id, name: random.pick(NAMES), roles: someRoles(world) } }
  },
}

function personChange(world: World, user: User): Readonly<Record<string, unknown>> | undefined {
  const { random } = world
  const others = world.rows(userTable).filter((other) => other.id !== user.id && other.presence !== 'left')
  return random.pick([
    { name: random.pick(NAMES) },
    { roles: someRoles(world) },
    { presence: random.pick(PRESENCES) },
    // Most come back, or the office would be empty after a hundred commands.
    { presence: 'active' },
    { presence: 'active' },
    { coverUserId: random.chance(0.8) ? (random.pick(others)?.id ?? null) : null },
  ])
}

const changeUser: Generator = {
  command: 'user.change',
  propose: (world) => {
    const { random } = world
    const user = random.pick(world.rows(userTable))
    if (!user) return undefined
    if (random.chance(WRONG)) return { input: { userId: random.chance(0.5) ? random.id() : user.id, set: { coverUserId: user.id } } }
    return { input: { userId: user.id, set: personChange(world, user) } }
  },
}

const setPresence: Generator = {
  command: 'user.setPresence',
  propose: (world) => {
    const { random } = world
    const staff = world.rows(userTable).filter((user) => user.presence !== 'left')
    if (random.chance(WRONG)) return { input: { presence: 'left' } }
    const user = random.pick(staff)
    return user && { actorId: user.id, input: { presence: user.presence === 'away' || random.chance(0.4) ? 'active' : 'away' } }
  },
}

const hex = (world: World, digits: number): string => Array.from({ length: digits }, () => world.random.below(16).toString(16)).join('')

const setPin: Generator = {
  command: 'user.setPin',
  propose: (world) => {
    const { random } = world
    const user = random.pick(world.rows(userTable).filter((candidate) => candidate.presence !== 'left'))
    if (!user) return undefined
    const userId = random.chance(WRONG) ? random.id() : user.id
    return { actorId: user.id, input: { userId, salt: hex(world, 32), hash: hex(world, 64) } }
  },
}

const saveBusinessUnit: Generator = {
  command: 'businessUnit.save',
  propose: (world) => {
    const { random } = world
    const existing = random.pick(world.rows(businessUnitTable))
    return {
      input: {
        id: existing && random.chance(0.7) ? existing.id : random.id(),
        name: random.chance(WRONG) ? '' : random.pick(['HVAC', 'Plumbing', 'Electrical', 'Pool', 'Drains']),
        position: random.below(20),
        accountClass: random.pick(['Service', 'Install', '']),
        active: true,
      },
    }
  },
}

const saveTechnician: Generator = {
  command: 'technician.save',
  propose: (world) => {
    const { random } = world
    const unit = random.pick(world.rows(businessUnitTable))
    if (!unit) return undefined
    const existing = random.pick(world.rows(technicianTable))
    return {
      input: {
        id: existing && random.chance(0.7) ? existing.id : random.id(),
        name: random.pick(NAMES),
        businessUnitId: random.chance(WRONG) ? random.id() : unit.id,
        skills: SKILLS.filter(() => random.chance(0.5)),
        shifts: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: 8 * 60, end: 16 * 60 + random.below(60) })),
        homeArea: 'Fairhollow',
        homeLatitude: random.chance(0.5) ? 41_800_000 + random.below(100_000) : null,
        homeLongitude: random.chance(0.5) ? -87_600_000 - random.below(100_000) : null,
        phone: null,
        position: random.below(40),
        active: random.chance(0.95),
      },
    }
  },
}

const setPay: Generator = {
  command: 'pay.set',
  propose: ({ random, rows }) => {
    const technician = random.pick(rows(technicianTable))
    if (!technician) return undefined
    return {
      input: {
        technicianId: random.chance(WRONG / 2) ? random.id() : technician.id,
        hourlyCents: random.chance(WRONG / 2) ? -2800 : 1800 + 50 * random.below(60),
        // Few days, so that the same one is set again.
        fromDay: `2026-0${1 + random.below(3)}-01`,
      },
    }
  },
}

export const peopleGenerators: readonly Generator[] = [
  createCompany,
  changeCompany,
  goLive,
  addUser,
  changeUser,
  setPresence,
  setPin,
  saveBusinessUnit,
  saveTechnician,
  setPay,
]

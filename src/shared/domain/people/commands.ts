import { z } from 'zod'
import { accept, defineIntention, type Command } from '../kernel/command.ts'
import { dayInput, idInput, lineInput, minuteInput, optionalLine, phoneInput, textInput, zoneInput } from '../kernel/inputs.ts'
import { all, get } from '../kernel/load.ts'
import { insert, update } from '../kernel/changes.ts'
import { refuse } from '../kernel/refusal.ts'
import { STARTING_ACCOUNTS, LEDGER_ACCOUNTS, type AccountMap } from '../accounting/accounts.ts'
import { DEFAULT_QUEUES } from '../promises/defaultQueues.ts'
import { queueTable } from '../promises/tables.ts'
import { loadReading, readingOf } from '../scripts/reading.ts'
import { comeBack, goAway, HERE } from './absence.ts'
import { leavesNoOwner, refuseOverOwner } from './owners.ts'
import { setPay } from './pay.ts'
import { FALLBACK_ROLE, ROLES, SYSTEM_ACTOR } from './permissions.ts'
import { businessUnitTable, COMPANY_PHASES, companyTable, credentialTable, PRESENCES, technicianTable, userTable, zoneClockTable } from './tables.ts'
import { clockChanges, learnClocks, zoneClockId, zoneClockInput } from './zoneClocks.ts'

const roles = z.array(z.enum(ROLES)).min(1, 'Choose at least one role.').max(ROLES.length)

const companySettings = {
  name: lineInput('The company name'),
  zone: zoneInput,
  phone: optionalLine('The telephone number', 40),
  email: optionalLine('The email address', 254),
  addressLine1: optionalLine('The address'),
  city: optionalLine('The city'),
  state: optionalLine('The state', 21),
  postalCode: optionalLine('The ZIP code', 13),
  taxRounding: z.enum(['line', 'invoice']),
  termsDays: z.int().min(0).max(180),
  ringLimitSeconds: z.int().min(6).max(60),
  lockAfterMinutes: z.int().min(1).max(240),
  opensAt: minuteInput,
  closesAt: minuteInput,
  invoiceFooter: textInput('The invoice footer', 500),
  accounts: z.record(z.enum(LEDGER_ACCOUNTS), optionalLine('The account name', 159)) satisfies z.ZodType<AccountMap>,
  booksClosedThrough: dayInput.nullable(),
}

const NOT_AWAY = { absence: null, backAt: null, passToUserId: null, passToRole: null } as const

const setUp = defineIntention({
  name: 'company.create',
  version: 1,
  summary: 'Start a company: its settings, its owner and the queues Baton ships with.',
  permission: 'company.setUp',
  input: z.strictObject({
    name: lineInput('The company name'),
    zone: zoneInput,
    phase: z.enum(COMPANY_PHASES),
    ownerId: idInput,
    ownerName: lineInput('Your name', 80),
  }),
  *load() {
    return yield* all(companyTable)
  },
  decide(input, companies, context) {
    if (companies.length > 0) return refuse('company.exists', 'This store already holds a company. Use another data folder to start a second one.')
    return accept(
      insert(companyTable, {
        id: context.companyId,
        name: input.name,
        phase: input.phase,
        zone: input.zone,
        phone: '',
        email: '',
        addressLine1: '',
        city: '',
        state: '',
        postalCode: '',
        taxRounding: 'invoice',
        termsDays: 0,
        ringLimitSeconds: 18,
        lockAfterMinutes: 10,
        opensAt: 7 * 60,
        closesAt: 18 * 60,
        invoiceFooter: '',
        accounts: STARTING_ACCOUNTS,
        booksClosedThrough: null,
      }),
      insert(userTable, { id: input.ownerId, name: input.ownerName, roles: [FALLBACK_ROLE], presence: 'active', coverUserId: null, ...NOT_AWAY }),
      DEFAULT_QUEUES.map((queue) => insert(queueTable, queue)),
    )
  },
})

const changeCompany = defineIntention({
  name: 'company.change',
  version: 1,
  summary: 'Change the company\u2019s settings.',
  permission: 'settings.edit',
  input: z.strictObject({ set: z.strictObject(companySettings).partial() }),
  *load() {
    return (yield* all(companyTable))[0]
  },
  decide(input, company) {
    if (!company) return refuse('company.missing', 'There is no company in this store yet.')
    const { opensAt = company.opensAt, closesAt = company.closesAt } = input.set
    if (opensAt >= closesAt) return refuse('company.hours', 'The office must open before it closes.', { field: 'set.closesAt' })
    return accept(update(companyTable, company, input.set))
  },
})

const goLive = defineIntention({
  name: 'company.goLive',
  version: 1,
  summary: 'End the rehearsal: from now on practice calls book practice jobs only.',
  permission: 'settings.edit',
  input: z.strictObject({}),
  *load() {
    return (yield* all(companyTable))[0]
  },
  decide(_input, company) {
    if (!company) return refuse('company.missing', 'There is no company in this store yet.')
    if (company.phase !== 'rehearsal') {
      return refuse('company.phase', company.phase === 'live' ? 'The company is live already.' : 'A sample company never goes live. Set up your own company in another data folder.')
    }
    return accept(update(companyTable, company, { phase: 'live' }))
  },
})

const addUser = defineIntention({
  name: 'user.add',
  version: 1,
  summary: 'Add a person to the office.',
  permission: 'people.edit',
  input: z.strictObject({ id: idInput, name: lineInput('The name', 80), roles }),
  *load(input, by) {
    return { existing: yield* get(userTable, input.id), actor: yield* get(userTable, by.actorId), reading: yield* loadReading(input.id) }
  },
  decide(input, { existing, actor, reading }, context) {
    if (existing || input.id === SYSTEM_ACTOR) return refuse('people.exists', 'This person is in the office already.')
    const overOwner = refuseOverOwner(input.roles, actor)
    if (overOwner) return overOwner
    return accept(
      insert(userTable, { id: input.id, name: input.name, roles: input.roles, presence: 'active', coverUserId: null, ...NOT_AWAY }),
      readingOf({ id: input.id, roles: input.roles, presence: 'active' }, reading, context.at),
    )
  },
})

const changeUser = defineIntention({
  name: 'user.change',
  version: 1,
  summary: 'Change a person\u2019s name, roles, presence or cover.',
  permission: 'people.edit',
  input: z.strictObject({
    userId: idInput,
    set: z.strictObject({ name: lineInput('The name', 80), roles, presence: z.enum(PRESENCES), coverUserId: idInput.nullable() }).partial(),
  }),
  *load(input) {
    return { users: yield* all(userTable), reading: yield* loadReading(input.userId) }
  },
  decide(input, { users, reading }, context) {
    const user = users.find((candidate) => candidate.id === input.userId)
    if (!user) return refuse('people.unknown', 'This person is not in the office.')
    const overOwner = refuseOverOwner([...user.roles, ...(input.set.roles ?? [])], users.find((candidate) => candidate.id === context.actorId))
    if (overOwner) return overOwner
    if (input.set.coverUserId !== undefined && input.set.coverUserId !== null) {
      const cover = users.find((candidate) => candidate.id === input.set.coverUserId)
      if (!cover || cover.presence === 'left' || cover.id === user.id) {
        return refuse('people.cover', 'The cover must be somebody else who works here.', { field: 'set.coverUserId' })
      }
    }
    if (leavesNoOwner(users, user, { roles: input.set.roles ?? user.roles, presence: input.set.presence ?? user.presence })) {
      return refuse('people.lastOwner', `${user.name} is the only owner. Make somebody else an owner first.`, { field: 'set.roles' })
    }
    return accept(
      update(userTable, user, { ...input.set, ...(input.set.presence === undefined || input.set.presence === user.presence ? {} : NOT_AWAY) }),
      readingOf({ id: user.id, roles: input.set.roles ?? user.roles, presence: input.set.presence ?? user.presence }, reading, context.at),
    )
  },
})

const setPresence = defineIntention({
  name: 'user.setPresence',
  version: 1,
  summary: 'Say that you are away or back; your promises pass to your cover meanwhile.',
  permission: 'office.view',
  input: z.strictObject({ presence: z.enum(['active', 'away']) }),
  *load(_input, by) {
    return yield* get(userTable, by.actorId)
  },
  decide(input, user) {
    if (!user) return refuse('people.unknown', 'Sign in first.')
    return accept(update(userTable, user, input.presence === 'active' ? HERE : { presence: 'away' }))
  },
})

const setPin = defineIntention({
  name: 'user.setPin',
  version: 1,
  summary: 'Store a person\u2019s new PIN as a salted hash.',
  permission: 'office.view',
  input: z.strictObject({ userId: idInput, salt: z.string().regex(/^[0-9a-f]{32}$/), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  *load(input, by) {
    return { user: yield* get(userTable, input.userId), actor: yield* get(userTable, by.actorId), credential: yield* get(credentialTable, input.userId) }
  },
  decide(input, { user, actor, credential }, context) {
    if (!user) return refuse('people.unknown', 'This person is not in the office.')
    if (context.actorId !== input.userId) {
      if (!context.may('people.edit')) return refuse('people.notYours', 'Only the person, a service manager or an owner can change this PIN.')
      const overOwner = refuseOverOwner(user.roles, actor)
      if (overOwner) return overOwner
    }
    const values = { salt: input.salt, hash: input.hash }
    return accept(credential ? update(credentialTable, credential, values) : insert(credentialTable, { id: input.userId, ...values }))
  },
})

const saveBusinessUnit = defineIntention({
  name: 'businessUnit.save',
  version: 1,
  summary: 'Add or change a business unit.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    name: lineInput('The name', 60),
    position: z.int().min(0).max(999),
    accountClass: optionalLine('The class', 31),
    active: z.boolean(),
  }),
  *load(input) {
    return yield* get(businessUnitTable, input.id)
  },
  decide(input, existing) {
    const { id, ...values } = input
    return accept(existing ? update(businessUnitTable, existing, values) : insert(businessUnitTable, { id, ...values }))
  },
})

/** An end beyond midnight is in the night that follows: 22:00 to 6:00 is 1320 to 1800. */
const shift = z
  .strictObject({ weekday: z.int().min(0).max(6), start: minuteInput, end: z.int().min(0).max(2 * 1440) })
  .refine((value) => value.start < value.end, 'A shift must start before it ends.')
  .refine((value) => value.end - value.start <= 1440, 'A shift lasts at most a day.')

const saveTechnician = defineIntention({
  name: 'technician.save',
  version: 1,
  summary: 'Add or change a technician: unit, skills, shifts, home area.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    name: lineInput('The name', 80),
    businessUnitId: idInput,
    skills: z.array(lineInput('The skill', 40)).max(40),
    shifts: z.array(shift).max(14),
    homeArea: optionalLine('The home area', 80),
    homeLatitude: z.int().min(-90_000_000).max(90_000_000).nullable(),
    homeLongitude: z.int().min(-180_000_000).max(180_000_000).nullable(),
    phone: phoneInput.nullable(),
    position: z.int().min(0).max(9999),
    active: z.boolean(),
    /** The zone the technician works in; null: the company’s. Left out it stays. */
    zone: zoneInput.nullable().optional(),
    /** What that zone’s clocks do, where the edge has looked. */
    clock: zoneClockInput.optional(),
    /** The technician’s own lunches; null: the company’s. Left out they stay. */
    lunches: z.array(shift).max(14).nullable().optional(),
  }),
  *load(input) {
    return {
      existing: yield* get(technicianTable, input.id),
      unit: yield* get(businessUnitTable, input.businessUnitId),
      known: input.clock ? yield* get(zoneClockTable, zoneClockId(input.clock.zone)) : undefined,
    }
  },
  decide(input, { existing, unit, known }) {
    if (!unit) return refuse('people.unknownUnit', 'Choose a business unit.', { field: 'businessUnitId' })
    const { id, clock, zone, lunches, ...values } = input
    return accept(
      existing ? update(technicianTable, existing, { ...values, zone, lunches }) : insert(technicianTable, { id, ...values, zone: zone ?? null, lunches: lunches ?? null }),
      clock ? clockChanges(clock, known) : [],
    )
  },
})

export const peopleCommands = [
  setUp,
  changeCompany,
  goLive,
  addUser,
  changeUser,
  setPresence,
  goAway,
  comeBack,
  setPin,
  saveBusinessUnit,
  saveTechnician,
  learnClocks,
  setPay,
] as const satisfies readonly Command[]

import { EMERGENCY_KINDS, WEATHERS } from '../../../src/shared/domain/alerts/kinds.ts'
import { type Alert, alertTable, SCREENING_MODES } from '../../../src/shared/domain/alerts/tables.ts'
import { callTable } from '../../../src/shared/domain/calls/tables.ts'
import { customerTable, locationTable } from '../../../src/shared/domain/customers/tables.ts'
import { jobTypeTable } from '../../../src/shared/domain/jobs/tables.ts'
import { promiseTable } from '../../../src/shared/domain/promises/tables.ts'
import { rolesMay } from '../../../src/shared/domain/people/permissions.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

function someLinks({ random, rows }: World): { readonly customerId: string | null; readonly locationId: string | null } {
  if (random.chance(WRONG / 4)) return { customerId: random.id(), locationId: random.id() }
  const location = random.chance(0.6) ? random.pick(rows(locationTable)) : undefined
  return { customerId: location?.customerId ?? (random.chance(0.3) ? (random.pick(rows(customerTable))?.id ?? null) : null), locationId: location?.id ?? null }
}

const someWords = ({ random }: World) => ({
  summary: random.pick(['Smells gas in the basement', 'Water pouring through the ceiling', '', '\u{1F525} smoke!']) ?? '',
  caller: random.pick(['Nora Whitfield', '']) ?? '',
  place: random.pick(['61 Saltbrook Lane', '']) ?? '',
})

const raise: Generator = {
  command: 'alert.raise',
  propose: (world) => {
    const { random, rows } = world
    const calls = rows(callTable)
    return {
      input: {
        alertId: random.chance(WRONG) ? (random.pick(rows(alertTable))?.id ?? random.id()) : random.id(),
        kind: random.pick(EMERGENCY_KINDS),
        noticedBy: random.pick(['words', 'key']),
        ...someWords(world),
        callId: random.chance(0.6) ? (random.pick(calls)?.id ?? null) : null,
        ...someLinks(world),
      },
    }
  },
}

function someAlert({ random, rows }: World, wanted: (alert: Alert) => boolean): Alert | undefined {
  const wrong = random.chance(WRONG / 2)
  return random.pick(rows(alertTable).filter((alert) => wanted(alert) !== wrong))
}

/** Mostly somebody of dispatch or management, or whoever holds the promise; now and then anybody. */
function answerer(alert: Alert, { random, rows }: World): { readonly actorId?: string } {
  if (random.chance(WRONG / 2)) return {}
  const promise = rows(promiseTable).find((row) => row.subjectKind === 'alert' && row.subjectId === alert.id && row.state === 'open')
  const people = rows(userTable).filter((user) => user.presence !== 'left' && (user.id === promise?.holderUserId || rolesMay(user.roles, 'alert.answer')))
  const person = random.pick(people)
  return person ? { actorId: person.id } : {}
}

const acknowledge: Generator = {
  command: 'alert.acknowledge',
  propose: (world) => {
    const alert = someAlert(world, ({ state }) => state === 'open')
    return alert && { ...answerer(alert, world), input: { alertId: world.random.chance(WRONG / 4) ? world.random.id() : alert.id } }
  },
}

const change: Generator = {
  command: 'alert.change',
  propose: (world) => {
    const { random } = world
    const alert = someAlert(world, ({ state }) => state !== 'withdrawn')
    return alert && { input: { alertId: random.chance(WRONG / 4) ? random.id() : alert.id, kind: random.pick(EMERGENCY_KINDS), ...someWords(world), ...someLinks(world) } }
  },
}

const withdraw: Generator = {
  command: 'alert.withdraw',
  propose: (world) => {
    const { random } = world
    const alert = random.chance(0.5) ? someAlert(world, ({ state }) => state !== 'withdrawn') : undefined
    return alert && { ...answerer(alert, world), input: { alertId: alert.id, reason: random.chance(WRONG) ? ' ' : 'It was the neighbor\u2019s grill.' } }
  },
}

const configure: Generator = {
  command: 'desk.configure',
  propose: ({ random, rows }) => {
    const held = rows(jobTypeTable).filter(() => random.chance(0.3)).map(({ id }) => id)
    const set = random.pick([
      { weather: random.pick(WEATHERS) },
      { screening: random.pick(SCREENING_MODES), threshold: random.below(random.chance(WRONG) ? 200 : 8) + (random.chance(WRONG) ? 0 : 1) },
      { heldBackJobTypeIds: random.chance(WRONG) ? [random.id()] : held },
      { etaMinutes: 5 + random.below(random.chance(WRONG) ? 500 : 60), emergencySlots: random.below(4) },
      {},
    ])
    return { input: { set } }
  },
}

export const alertsGenerators: readonly Generator[] = [raise, acknowledge, change, withdraw, configure]

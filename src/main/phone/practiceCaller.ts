import { newId } from '../../shared/base/id.ts'
import { wallTimeOf } from '../../shared/base/zone.ts'
import { callIdOf } from '../../shared/domain/calls/facts.ts'
import type { AppointmentState } from '../../shared/domain/dispatch/tables.ts'
import { all } from '../../shared/domain/kernel/load.ts'
import { companyTable } from '../../shared/domain/people/tables.ts'
import type { Services } from '../core/service.ts'
import { and, count, eq, inArray, schema, sql } from '../store/schema.ts'
import type { Call } from '../../shared/domain/calls/tables.ts'
import type { Dialled } from './liveCalls.ts'
import { CALL_BACK_CARD, type CallerKind, fillCard, PICKS_UP_AFTER_MS, PRACTICE_SCRIPTS, type PracticeScript } from './practiceScripts.ts'

interface Caller {
  readonly number: string | null
  readonly words: Readonly<Record<string, string>>
}

/** Numbers reserved for fiction, one a line. */
const LINE_NUMBERS: Readonly<Record<string, string>> = {
  'HVAC line': '+15550142000',
  'Plumbing line': '+15550142001',
  'Electrical line': '+15550142002',
  'Drains line': '+15550142004',
}

const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(Math.random() * from.length)]

function words({ store }: Services, customerId: string, number: string): Readonly<Record<string, string>> {
  const { customer, location, contactMethod } = schema
  const [person] = store.db.select({ name: customer.name, first: customer.firstName }).from(customer).where(and(eq(customer.companyId, store.companyId), eq(customer.id, customerId))).all()
  const [home] = store.db.select({ line1: location.line1 }).from(location).where(and(eq(location.companyId, store.companyId), eq(location.customerId, customerId))).limit(1).all()
  const [other] = store.db
    .select({ name: customer.name })
    .from(contactMethod)
    .innerJoin(customer, and(eq(customer.companyId, contactMethod.companyId), eq(customer.id, contactMethod.customerId)))
    .where(and(eq(contactMethod.companyId, store.companyId), eq(contactMethod.kind, 'phone'), eq(contactMethod.value, number), sql`${customer.id} <> ${customerId}`))
    .limit(1)
    .all()
  const name = person?.name ?? 'A customer'
  return { name, first: person?.first === '' ? name : (person?.first ?? name), address: home?.line1 ?? 'the house', other: other?.name ?? 'somebody else' }
}

/** How often it is drawn again where several customers share the number: a caller on file is one whom the number names. */
const DRAWS = 12

/** One telephone number of a customer, drawn evenly. */
function anyNumber({ store }: Services): { readonly customerId: string; readonly number: string } | undefined {
  const { contactMethod } = schema
  const phones = and(eq(contactMethod.companyId, store.companyId), eq(contactMethod.kind, 'phone'))
  const total = store.db.select({ total: count() }).from(contactMethod).where(phones).all()[0]?.total ?? 0
  const draw = () =>
    store.db
      .select({ customerId: contactMethod.customerId, number: contactMethod.value })
      .from(contactMethod)
      .where(phones)
      .limit(1)
      .offset(Math.floor(Math.random() * total))
      .all()[0]
  const isShared = (number: string): boolean => {
    const owners = store.db.select({ customerId: contactMethod.customerId }).from(contactMethod).where(and(phones, eq(contactMethod.value, number))).all()
    return owners.some(({ customerId }) => customerId !== owners[0]?.customerId)
  }
  let drawn = draw()
  for (let again = 1; again < DRAWS && drawn !== undefined && isShared(drawn.number); again += 1) drawn = draw()
  return drawn
}

function sharedNumber({ store }: Services): { readonly customerId: string; readonly number: string } | undefined {
  const { contactMethod } = schema
  const phones = and(eq(contactMethod.companyId, store.companyId), eq(contactMethod.kind, 'phone'))
  const shared = store.db
    .select({ number: contactMethod.value })
    .from(contactMethod)
    .where(phones)
    .groupBy(contactMethod.value)
    .having(sql`count(DISTINCT ${contactMethod.customerId}) > 1`)
    .limit(40)
    .all()
  const number = pick(shared)?.number
  if (number === undefined) return undefined
  return pick(store.db.select({ customerId: contactMethod.customerId, number: contactMethod.value }).from(contactMethod).where(and(phones, eq(contactMethod.value, number))).all())
}

/** Somebody whose visit is today and not over; whose technician hasn't come yet, where there is one: they ask when. */
function dueToday(services: Services): { readonly customerId: string; readonly number: string } | undefined {
  return visitedToday(services, ['scheduled', 'confirmed', 'dispatched']) ?? visitedToday(services, ['working'])
}

function visitedToday(services: Services, states: readonly AppointmentState[]): { readonly customerId: string; readonly number: string } | undefined {
  const { store } = services
  const { appointment, contactMethod } = schema
  const company = store.engine.run(all(companyTable))[0]
  if (!company) return undefined
  const { day } = wallTimeOf(services.now(), company.zone)
  const due = store.db
    .select({ customerId: contactMethod.customerId, number: contactMethod.value })
    .from(appointment)
    .innerJoin(contactMethod, and(eq(contactMethod.companyId, appointment.companyId), eq(contactMethod.customerId, appointment.customerId), eq(contactMethod.kind, 'phone')))
    .where(and(eq(appointment.companyId, store.companyId), eq(appointment.windowDay, day), inArray(appointment.state, [...states])))
    .limit(60)
    .all()
  return pick(due)
}

/** A number reserved for fiction that nobody in the store has. */
function freshNumber({ store }: Services): string {
  const { contactMethod } = schema
  for (;;) {
    const number = `+1555014${Math.floor(Math.random() * 10_000).toString().padStart(4, '0')}`
    const taken = store.db.select({ id: contactMethod.id }).from(contactMethod).where(and(eq(contactMethod.companyId, store.companyId), eq(contactMethod.kind, 'phone'), eq(contactMethod.value, number))).limit(1).all()
    if (taken.length === 0) return number
  }
}

function callerFor(services: Services, kind: CallerKind): Caller | undefined {
  switch (kind) {
    case 'withheld':
      return { number: null, words: {} }
    case 'newCaller':
      return { number: freshNumber(services), words: {} }
    case 'known':
    case 'dueToday':
    case 'shared': {
      const found = kind === 'known' ? anyNumber(services) : kind === 'shared' ? sharedNumber(services) : dueToday(services)
      return found && { number: found.number, words: words(services, found.customerId, found.number) }
    }
  }
}

function nextScript(services: Services): PracticeScript {
  const script = PRACTICE_SCRIPTS[services.liveCalls.nextScript % PRACTICE_SCRIPTS.length]
  services.liveCalls.nextScript += 1
  if (!script) throw new Error('The practice line has no scripts')
  return script
}

/** The script that can be played with the customers there are; an office without any gets a new caller. */
function playable(services: Services, wanted: PracticeScript): { readonly script: PracticeScript; readonly caller: Caller } {
  const newcomer = PRACTICE_SCRIPTS.find((script) => script.caller === 'newCaller')
  for (const script of [wanted, newcomer]) {
    const caller = script && callerFor(services, script.caller)
    if (script && caller) return { script, caller }
  }
  throw new Error('No practice caller could be found')
}

/**
 * Lets a scripted caller ring on the practice line.
 * @param key the script; `null` takes the next in turn
 */
export function ringPractice(services: Services, key: string | null): { readonly callId: string; readonly script: string } {
  const wanted = key === null ? nextScript(services) : (PRACTICE_SCRIPTS.find((script) => script.key === key) ?? nextScript(services))
  const { script, caller } = playable(services, wanted)
  const externalId = `practice:${newId(services.now())}`
  services.liveCalls.expect(externalId, fillCard(script.card, caller.words))
  services.phone.send({
    kind: 'practiceRing',
    ring: { externalId, lineName: script.lineName, lineNumber: LINE_NUMBERS[script.lineName] ?? '', fromNumber: caller.number, hangsUpAfterMs: script.hangsUpAfterMs, ...(script.voicemailSeconds === undefined ? {} : { voicemailSeconds: script.voicemailSeconds }) },
  })
  return { callId: callIdOf(services.store.companyId, externalId), script: script.key }
}

/** Returns a practice call on the practice line: nobody is rung, and whoever called picks up. */
export function dialPractice(services: Services, dialled: Dialled, earlier: Call): void {
  const externalId = `practice:${newId(services.now())}`
  const { number, agentId } = dialled
  const name = earlier.callerName === '' ? 'The caller' : earlier.callerName
  services.liveCalls.expectDial(dialled)
  services.liveCalls.expect(externalId, fillCard(CALL_BACK_CARD, earlier.customerId === null ? { name, first: name } : words(services, earlier.customerId, number)))
  services.phone.send({ kind: 'practiceDial', dial: { externalId, lineName: earlier.lineName, lineNumber: earlier.lineNumber, number, agentId, answersAfterMs: PICKS_UP_AFTER_MS } })
}

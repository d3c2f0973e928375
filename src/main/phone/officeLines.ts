import { addDays } from '../../shared/base/time.ts'
import { formatPhone, normalizePhone } from '../../shared/base/phone.ts'
import { instantOf, wallTimeOf } from '../../shared/base/zone.ts'
import { callIdOf } from '../../shared/domain/calls/facts.ts'
import { callTable } from '../../shared/domain/calls/tables.ts'
import { all, get } from '../../shared/domain/kernel/load.ts'
import { companyTable } from '../../shared/domain/people/tables.ts'
import { opensNext } from '../../shared/domain/phone/hours.ts'
import { lineDialled, phoneRules, ringLimitOf } from '../../shared/domain/phone/settings.ts'
import { type PhoneLine, phoneLineTable, phoneSettingTable } from '../../shared/domain/phone/tables.ts'
import { type RingFirst, ringFirst } from '../../shared/domain/phone/routing.ts'
import type { LiveCall } from '../../shared/contract/methods/calls.ts'
import type { Services } from '../core/service.ts'
import { colleaguesOf } from '../services/phoneOffice/people.ts'
import { ownEnd } from './callReports.ts'
import type { CallIdentity, PhoneCall } from './port.ts'

type Reading = Pick<Services, 'store'>

/** The line of a number as a telephone writes it: in any notation, or an extension's. */
export function lineOf({ store }: Reading, lineNumber: string): PhoneLine | undefined {
  const lines = store.engine.run(all(phoneLineTable))
  return lines.length === 0 ? undefined : (lineDialled(lines, lineNumber) ?? lineDialled(lines, normalizePhone(lineNumber) ?? ''))
}

/** What a colleague’s telephone has told of the line: one that was handed a caller, or picked their ring up, knows none. */
function asRecorded<C extends CallIdentity>({ store }: Reading, call: C): C {
  const row = call.lineNumber === '' ? store.engine.run(get(callTable, callIdOf(store.companyId, call.externalId))) : undefined
  return row === undefined || row.lineNumber === '' ? call : { ...call, lineName: row.lineName, lineNumber: row.lineNumber }
}

/** A telephone knows numbers; which brand was dialled is the office’s to say. */
export function named<C extends CallIdentity>(services: Reading, said: C): C {
  const call = asRecorded(services, said)
  const line = lineOf(services, call.lineNumber)
  if (line) return { ...call, lineName: line.name, lineNumber: line.number }
  // A number that nobody has named is still more than nothing.
  return call.lineName === '' ? { ...call, lineName: formatPhone(call.lineNumber) } : call
}

/**
 * From when a call that came at this moment is answered: when its line opens next; null while it is open.
 * @param at epoch milliseconds
 */
export function countsFrom(services: Reading, lineNumber: string, at: number): number | null {
  const company = services.store.engine.run(all(companyTable))[0]
  if (!company) return null
  const { day, minute } = wallTimeOf(at, company.zone)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  const opening = opensNext({ weekday, minute }, lineOf(services, lineNumber)?.hours ?? [], company)
  return opening && instantOf(addDays(day, opening.inDays), opening.minute, company.zone)
}

function firstFor(services: Services, line: PhoneLine | undefined): RingFirst | null {
  const rules = phoneRules(services.store.engine.run(all(phoneSettingTable)))
  const present = colleaguesOf(services).filter((person) => person.at === 'here' && person.answers)
  return ringFirst(line, present, line?.firstSeconds ?? rules.firstSeconds)
}

/** What the office has set for the line of a call, and whom it rings first while it rings. */
export function officeWords(services: Services, call: PhoneCall): Pick<LiveCall, 'line' | 'ringsFirst'> {
  const company = services.store.engine.run(all(companyTable))[0]
  const line = lineOf(services, call.lineNumber)
  const first = call.state === 'offered' && call.direction === 'in' && ownEnd(call) === null ? firstFor(services, line) : null
  return {
    line: line && company ? { purpose: line.purpose, ringLimitSeconds: ringLimitOf(line, company) } : null,
    ringsFirst: first && { userIds: [...first.userIds], untilMs: first.untilMs },
  }
}

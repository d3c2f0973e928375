import { HOUR, MINUTE } from '../../../shared/base/time.ts'
import { callIdOf } from '../../../shared/domain/calls/facts.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { queueId } from '../../../shared/domain/promises/defaultQueues.ts'
import { promiseId } from '../../../shared/domain/promises/engine.ts'
import { Chance } from './chance.ts'
import type { SampleCustomer } from './customers.ts'
import { lineWords } from './lines.ts'
import { CALL_BACK_NOTES, NOT_LEAD_REASONS, UNBOOKED_REASONS } from './sentences.ts'
import { personId } from './staff.ts'
import { CSRS, type Moment, type Setting } from './visitStory.ts'
import { FIRST_DAY } from './visits.ts'

const CALLS_A_DAY = 9

/** How people come to call: most by the number on the trucks. */
const CALLED = ['hvac', 'hvac', 'hvac', 'plumbing', 'electrical', 'drains', 'pool', 'estimates'] as const

type Kind = 'missed' | 'unbooked' | 'notLead' | 'short'

const KINDS: readonly Kind[] = ['missed', 'missed', 'unbooked', 'unbooked', 'unbooked', 'notLead', 'notLead', 'notLead', 'short']

/** The calls of which no visit came: missed ones, hesitant ones, vendors. Yesterday's last and some of today's are still owed a call back. */
export function callMoments(setting: Setting, customers: readonly SampleCustomer[]): readonly Moment[] {
  const moments: Moment[] = []
  for (let day = FIRST_DAY; day <= 0; day++) {
    for (let index = 0; index < CALLS_A_DAY; index++) moments.push(...oneCall(setting, customers, day, index))
  }
  return moments
}

function oneCall({ seed, companyId, calendar }: Setting, customers: readonly SampleCustomer[], day: number, index: number): readonly Moment[] {
  const chance = new Chance(seed, `call/${day}/${index}`)
  const kind = chance.pick(KINDS)
  const line = new Chance(seed, `line/${day}/${index}`).pick(CALLED)
  const externalId = `sample-${seed}-other-${day}-${index}`
  const callId = callIdOf(companyId, externalId)
  const csr = chance.pick(CSRS)
  const agentId = personId(seed, csr)
  const offeredAt = calendar.at(day, chance.between(7 * 60, 17 * 60 + 30)) + chance.between(0, 59) * 1000
  const known = chance.chance(0.6) ? chance.pick(customers).row.phones[0]?.value : undefined
  const fromNumber = known ?? (chance.chance(0.1) ? null : `+155501${(90_000 + chance.below(9999)).toString()}`)
  const rang = { externalId, direction: 'in', ...lineWords(line), fromNumber, offeredAt, practice: false }
  const ringMs = kind === 'missed' ? chance.between(19_000, 34_000) : chance.between(2500, 17_000)
  const talkMs = kind === 'missed' ? null : kind === 'short' ? chance.between(12_000, 50_000) : chance.between(70_000, 260_000)
  const endedAt = offeredAt + ringMs + (talkMs ?? 0)
  const answered = talkMs === null ? { answeredAt: null, agentId: null } : { answeredAt: offeredAt + ringMs, agentId }
  const moments: Moment[] = [
    { at: endedAt, name: 'call.ended', actorId: SYSTEM_ACTOR, input: { ...rang, ringMs, ...answered, endedAt, talkMs, endCause: 'callerHungUp' } },
  ]
  const said = { callId, callBackBy: null, callerName: '', notes: '' }
  if (kind === 'notLead') moments.push({ at: endedAt + 20_000, name: 'call.conclude', actorId: agentId, input: { ...said, outcome: 'notLead', reason: chance.pick(NOT_LEAD_REASONS) } })
  if (kind === 'unbooked') moments.push({ at: endedAt + 30_000, name: 'call.conclude', actorId: agentId, input: { ...said, outcome: 'unbooked', reason: chance.pick(UNBOOKED_REASONS) } })
  const owed = kind === 'unbooked' || (kind === 'missed' && fromNumber !== null)
  // A withheld number nobody knows can't be called back.
  const forgotten = day === 0 ? chance.chance(0.6) : day === -1 && chance.chance(0.25)
  if (owed && fromNumber !== null && !forgotten) {
    const reached = chance.chance(0.7)
    moments.push({
      at: endedAt + (kind === 'missed' ? chance.between(8, 55) * MINUTE : HOUR),
      name: 'promise.recordOutcome',
      actorId: agentId,
      input: { promiseId: promiseId(queueId('calls-to-return'), callId), outcomeKey: reached ? 'reached' : 'declined', note: reached ? '' : chance.pick(CALL_BACK_NOTES) },
    })
  }
  return moments
}

import type { Pop, PopCandidate } from '../../../shared/contract/methods/calls.ts'
import { addDays } from '../../../shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { type Services, ServiceError } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { type Moment, probablyAbout } from './guess.ts'
import { readPop } from './popStatement.ts'

/** What day it is in the office. */
export function momentOf(services: Services): Moment & { readonly tomorrow: number } {
  const zone = companyOf(services).zone
  const now = services.now()
  const today = wallTimeOf(now, zone).day
  return { now, today, zone, tomorrow: instantOf(addDays(today, 1), 0, zone) }
}

export function popOf(services: Services, callId: string): Pop {
  const moment = momentOf(services)
  const stored = readPop(services.store, callId, moment.now, moment.tomorrow)
  if (!stored) throw new ServiceError('call.unknown', 'This call is not in the log. Reload the call list.')
  const candidates = stored.candidates.map(
    (candidate): PopCandidate => ({ ...candidate, doNotService: candidate.doNotService === 1, creditHold: candidate.creditHold === 1, badDebt: candidate.badDebt === 1 }),
  )
  const { known } = stored
  // A customer's number is a customer's, whatever it was before.
  const stranger = candidates.length === 0 ? known : null
  const technician = stored.technician ?? (stranger?.technicianId ? { technicianId: stranger.technicianId, name: stranger.name } : null)
  return { callId, ...stored, technician, known: stranger && { kind: stranger.kind, name: stranger.name, note: stranger.note }, practice: stored.practice === 1, candidates, guess: probablyAbout(candidates, stored.customerId, moment) }
}

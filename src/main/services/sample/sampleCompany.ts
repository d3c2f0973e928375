import { setImmediate as nextTurn } from 'node:timers/promises'
import { derivedId } from '../../../shared/base/id.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { ServiceError, type Services } from '../../core/service.ts'
import { planSample } from './plan.ts'

export interface SampleCompany {
  /** The person to sign in as. */
  readonly signInAs: string
  readonly customers: number
  readonly locations: number
  readonly jobs: number
  readonly milliseconds: number
}

/** Commands in one transaction: an fsync for each takes most of the time, and nobody works here before it is done. */
const GROUP = 200

/** Fictional places keep American time; a machine in the Americas keeps its own, so that the board's now is the clock on the wall. */
function sampleZone(): string {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return own.startsWith('America/') ? own : 'America/Chicago'
}

function groupsOf<T>(items: readonly T[], isLarge: (item: T) => boolean): readonly (readonly T[])[] {
  const groups: T[][] = []
  for (const item of items) {
    const last = groups.at(-1)
    if (last && last.length < GROUP && !isLarge(item) && !last.some(isLarge)) last.push(item)
    else groups.push([item])
  }
  return groups
}

/**
 * Fills an empty store with the sample company by ordinary commands, in chunks that share the operation's id, with
 * `progress` events. The same seed on the same minute gives the same rows.
 */
export async function buildSampleCompany(services: Services, options: { readonly seed: number; readonly operationId: string }): Promise<SampleCompany> {
  const started = performance.now()
  const { seed, operationId } = options
  const label = 'Building the sample company'
  services.emit('progress', { operationId, label, done: 0, total: 1 })
  await nextTurn()
  const now = Math.floor(services.now() / MINUTE) * MINUTE
  const plan = planSample({ seed, companyId: services.store.companyId, now, zone: sampleZone() })
  const requests = plan.moments.map(({ at, name, actorId, input }, index) => ({
    name,
    input,
    actorId,
    at,
    operationId,
    commandId: derivedId('sample', String(seed), services.store.companyId, String(now), String(index)),
  }))
  let [done, jobs] = [0, 0]
  for (const group of groupsOf(requests, (request) => request.name === 'import.addRows')) {
    const outcomes = services.runGroup(group)
    outcomes.forEach((outcome, index) => {
      const name = group[index]?.name ?? ''
      if (outcome.kind === 'refused') {
        services.log.error('sample.refused', { command: name, code: outcome.refusal.code })
        throw new ServiceError('sample.failed', 'The sample company could not be built. Start Baton with another empty data folder; the log says more.')
      }
      if (name === 'job.book') jobs += 1
    })
    done += group.length
    services.emit('progress', { operationId, label, done, total: requests.length })
    await nextTurn()
  }
  return { signInAs: plan.ownerId, customers: plan.customers, locations: plan.locations, jobs, milliseconds: Math.round(performance.now() - started) }
}

import { afterAll, describe, expect, it } from 'vitest'
import type { LiveCall } from '../../src/shared/contract/methods/calls.ts'
import type { Call } from '../../src/shared/domain/calls/tables.ts'
import { malformedMessages, sendMalformed } from '../support/pbx/malformed.ts'
import { callMix, planMix } from '../support/pbx/mixedCalls.ts'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { floodByTrunk, type TrunkCall, trunkCall, type TrunkReport } from '../support/pbx/sipp.ts'
import { until } from './support/softphone.ts'
import { Workstation } from './support/workstation.ts'

/** `npm run soak -- phone` asks for more of them. */
const CALLS = Number(process.env['BATON_SOAK_CALLS'] ?? 40)
const SEED = Number(process.env['BATON_SEED'] ?? 11)

/** So many at a time, beside broken messages, and beside a flood every second time. */
const CALLS_A_PART = 20
const AT_ONCE = 3
const FLOOD = { calls: 30, perSecond: 60 } as const
const MINUTES_ALLOWED = 5 + CALLS / 5

type Told = Pick<Call, 'endCause' | 'outcome' | 'followUp'> & { readonly answered: boolean }

const MISSED = { answered: false, outcome: 'abandoned', followUp: 'owed' } as const
const SHORT_TALK = { answered: true, outcome: 'excused', followUp: 'none' } as const

/** What the record of a call must say, by what sipp saw of it; undefined where sipp saw no end. */
function truthOf({ status, endedBy, call }: TrunkReport): Told | undefined {
  switch (status) {
    case 200:
      return endedBy === null ? undefined : { ...SHORT_TALK, endCause: endedBy === 'caller' ? 'callerHungUp' : 'hungUp' }
    case 487:
      return call.kind === 'takenElsewhere' ? { answered: false, outcome: 'excused', followUp: 'none', endCause: 'answeredElsewhere' } : { ...MISSED, endCause: 'callerHungUp' }
    // More rings at once than the telephone bears.
    case 486:
      return { ...MISSED, endCause: 'busy' }
    case 480:
      return { ...MISSED, endCause: 'rejected' }
    default:
      return undefined
  }
}

const toldBy = ({ endCause, outcome, followUp, answeredAt }: Call): Told => ({ endCause, outcome, followUp, answered: answeredAt !== null })

/** What the calls came to, for whoever reads the output. */
function summaryOf(reports: readonly TrunkReport[]): string {
  const kinds = new Map<string, number>()
  for (const { call, status } of reports) {
    const kind = `${call.callId.startsWith('flood-') ? 'flood' : call.kind} ${status}`
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  return `${reports.length} calls: ${[...kinds].toSorted().map(([kind, count]) => `${count} ${kind}`).join(', ')}`
}

const median = (values: readonly number[]): number => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0

/** Whoever sits there: takes, ends and sends away what was planned so, told by the caller's number. */
function work(workstation: Workstation, plan: readonly TrunkCall[]): () => void {
  const kinds = new Map(plan.map(({ number, kind }) => [number, kind]))
  const done = new Set<string>()
  const ask = (method: string, { callId }: LiveCall, again = false): void => {
    if (done.has(`${method} ${callId}`) && !again) return
    done.add(`${method} ${callId}`)
    // The sound may not be there yet on a busy machine: a person presses the key again.
    workstation.page.ask(method, { callId }).catch(() => undefined)
  }
  const look = (): void => {
    for (const call of workstation.services.liveCalls.all().map(({ callId }) => workstation.told.findLast((one) => one.callId === callId))) {
      const kind = call?.fromNumber ? kinds.get(call.fromNumber) : undefined
      if (!call || kind === undefined) continue
      const answers = kind === 'callerEnds' || kind === 'callerHolds' || kind === 'officeEnds'
      if (call.state === 'ringing' && answers) ask('phone.answer', call, refusedOf(workstation, call.callId))
      if (call.state === 'ringing' && kind === 'busy') ask('phone.reject', call)
      if (call.state !== 'ringing' && call.state !== 'ended' && kind === 'officeEnds') ask('phone.hangUp', call)
    }
  }
  const clock = setInterval(look, 150)
  return () => clearInterval(clock)
}

const heardRefusals = new WeakMap<Workstation, number>()

/** Whether the telephone has said since the last look that it could not do what was asked for this call. */
function refusedOf(workstation: Workstation, callId: string): boolean {
  const refusals = workstation.page.events.filter(({ name }) => name === 'phoneRefused')
  const fresh = refusals.slice(heardRefusals.get(workstation) ?? 0)
  heardRefusals.set(workstation, refusals.length)
  return fresh.some(({ payload }) => (payload as { readonly callId: string | null }).callId === callId)
}

describe(`${CALLS} calls of the public network (seed ${SEED})`, () => {
  let workstation: Workstation
  const pbx = sharedPbx({ voicemail: false }, async (started) => {
    workstation = await Workstation.ready(started, '101')
    await workstation.giveSound()
  })

  afterAll(() => workstation?.close())

  it('have one record each with what sipp saw, whatever else the carrier sends', async () => {
    const plan = planMix({ seed: SEED, calls: CALLS })
    const stop = work(workstation, plan)
    const reports: TrunkReport[] = []
    const broken = malformedMessages(pbx())
    for (let from = 0; from < CALLS; from += CALLS_A_PART) {
      const part = from / CALLS_A_PART
      const calm = callMix(pbx(), plan.slice(from, from + CALLS_A_PART), AT_ONCE)
      // Every second part is flooded: what the telephone does not bear is turned away as busy, and the rest is to be seen too.
      const flood = part % 2 === 0 ? [] : floodByTrunk(pbx(), { ...FLOOD, call: trunkCall('givesUp', { callId: `flood-${SEED}-${part}`, number: `+1512555${2_000 + part}`, ringMs: 1_500 }) })
      await sendMalformed(pbx(), broken.slice((part * 8) % broken.length).slice(0, 8))
      reports.push(...(await calm), ...(await flood))
    }
    const passedOn = pbx().passedOn()
    const recordsOf = ({ call }: TrunkReport): readonly Call[] => workstation.records.filter(({ externalId }) => externalId === `sip:${call.callId}`)
    const unended = (): readonly string[] => reports.filter(({ call }) => passedOn.has(call.callId)).flatMap((report) => (recordsOf(report).some(({ state }) => state === 'ended') ? [] : [`${report.call.callId} ${report.call.kind} ${report.status}`]))
    await until('the end of every call is stored', () => unended().length === 0, () => unended().join())
    stop()

    const wrong = reports.flatMap((report) => {
      const { call } = report
      const truth = truthOf(report)
      const records = recordsOf(report)
      // A caller who gives up at once may never have got as far as a telephone.
      if (!passedOn.has(call.callId)) return call.kind === 'hangsUpEarly' && records.length === 0 ? [] : [`${call.callId} ${call.kind}: never passed on, ${records.length} records`]
      const [record] = records
      const is = record && { ...toldBy(record), number: record.fromNumber }
      // Who tries again before anybody has called back is owed one call back, not two: all of a flood are one caller.
      const owed = call.callId.startsWith('flood-') ? { followUp: record?.repeatOf === null ? 'owed' : 'none' } : {}
      const should = truth && { ...truth, ...owed, number: call.number }
      const promises = record ? workstation.promisesOf(record.id).length : 0
      const kept = promises === (should?.followUp === 'owed' ? 1 : 0)
      if (records.length === 1 && kept && should && JSON.stringify(Object.entries(is ?? {}).toSorted()) === JSON.stringify(Object.entries(should).toSorted())) return []
      return [`${call.callId} ${call.kind}: ${records.length} records, ${promises} promises, is ${JSON.stringify(is)}, sipp saw ${report.status} ${report.endedBy} ${report.errors.slice(0, 300)}`]
    })
    console.log(summaryOf(reports))
    expect(wrong).toEqual([])
    for (const { call } of reports.filter(({ call: { callId } }) => callId.startsWith('mix-'))) {
      expect(workstation.records.filter(({ fromNumber }) => fromNumber === call.number).length, call.number).toBe(passedOn.has(call.callId) ? 1 : 0)
    }

    const lateBy = reports.flatMap((report) => {
      const ringMs = recordsOf(report)[0]?.ringMs
      return report.ringMs === null || ringMs === null || ringMs === undefined || report.call.callId.startsWith('flood-') ? [] : [Math.abs(ringMs - report.ringMs)]
    })
    expect(median(lateBy)).toBeLessThanOrEqual(200)
    expect(workstation.services.liveCalls.all().filter(({ call }) => call.state !== 'ended')).toEqual([])
    expect(workstation.line().status).toBe('ready')
  }, MINUTES_ALLOWED * 60_000)
})

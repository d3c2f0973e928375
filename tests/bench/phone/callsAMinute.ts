import { existsSync, readFileSync } from 'node:fs'
import type { CDPSession } from '@playwright/test'
import type { Pbx } from '../../support/pbx/pbx.ts'
import { callByTrunk, trunkCall } from '../../support/pbx/sipp.ts'
import { Calls } from '../../e2e/pages/calls.ts'
import { type Figure, figure } from '../figure.ts'
import { nextPop, openPhoneOffice, type PhoneOffice, popsPainted } from './phoneOffice.ts'
import { HostThreads, INSPECTED } from './threads.ts'

const AREA = 'phone'
const CALLS_A_MINUTE = 50
const EVERY_MS = 60_000 / CALLS_A_MINUTE
/** One in so many is taken, and said to have come to nothing. */
const ONE_TAKEN_IN = 3
const SAMPLES_A_MINUTE = 2
/** What is loaded and cached at the first calls is no leak. */
const WARM_UP_MINUTES = 2
/** At 50 calls a minute: five kilobytes a call. */
const MOST_A_MINUTE_MB = 0.25

interface Sample {
  readonly minutes: number
  readonly megabytes: ReadonlyMap<string, number>
}

function resident(pid: number | undefined): number {
  const file = `/proc/${pid}/status`
  return existsSync(file) ? Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) / 1024 : 0
}

async function pageHeap(session: CDPSession): Promise<number> {
  for (let time = 0; time < 2; time++) await session.send('HeapProfiler.collectGarbage')
  return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20
}

/** Growth per minute: the line of least squares through the samples. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([minutes]) => minutes)), mean(points.map(([, value]) => value))]
  const spread = points.reduce((sum, [minutes]) => sum + (minutes - x) ** 2, 0)
  return points.reduce((sum, [minutes, value]) => sum + (minutes - x) * (value - y), 0) / spread
}

/** One call of the day: most give up, some are taken by key and said to have been nothing. */
async function oneCall(pbx: Pbx, { page, numbers }: PhoneOffice, calls: Calls, index: number): Promise<void> {
  const number = numbers[index % numbers.length]!
  if (index % ONE_TAKEN_IN !== 0) return void (await callByTrunk(pbx, trunkCall('givesUp', { number, ringMs: 300 })))
  const before = await popsPainted(page)
  const made = callByTrunk(pbx, trunkCall('callerEnds', { number, talkMs: 200 }))
  await nextPop(page, before)
  await page.keyboard.press('F8')
  await made
  await calls.cell.getByText('Ended').waitFor()
  await calls.end()
  await calls.say('think')
}

/** Fifty calls a minute, for so long. */
export async function* callsAMinute(pbx: Pbx, minutes: number): AsyncGenerator<Figure> {
  const office = await openPhoneOffice(pbx, INSPECTED)
  const threads = await HostThreads.of(office.host)
  const session = await office.page.context().newCDPSession(office.page)
  const calls = new Calls(office.page)
  const samples: Sample[] = []
  try {
    const began = performance.now()
    const every = Math.round(CALLS_A_MINUTE / SAMPLES_A_MINUTE)
    for (let call = 0; call < minutes * CALLS_A_MINUTE; call++) {
      if (call % every === 0) samples.push({ minutes: (performance.now() - began) / 60_000, megabytes: new Map([...(await threads.heaps()), ['page', await pageHeap(session)], ['resident', resident(office.host.process.pid)]]) })
      await oneCall(pbx, office, calls, call)
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, began + (call + 1) * EVERY_MS - performance.now())))
    }
    const took = (performance.now() - began) / 60_000
    yield figure(AREA, 'calls a minute', (minutes * CALLS_A_MINUTE) / took, '', { least: CALLS_A_MINUTE * 0.98, n: minutes * CALLS_A_MINUTE })
    const counted = samples.filter((sample) => minutes <= WARM_UP_MINUTES || sample.minutes >= WARM_UP_MINUTES)
    for (const name of samples.at(-1)?.megabytes.keys() ?? []) {
      const points = counted.flatMap((sample) => (sample.megabytes.has(name) ? [[sample.minutes, sample.megabytes.get(name) ?? 0] as const] : []))
      const what = name === 'resident' ? 'host process, resident' : name === 'page' ? 'page, heap after GC' : `host ${name}, heap after GC`
      yield figure(AREA, `${what}, at the end`, points.at(-1)?.[1] ?? Number.NaN, 'MB', { n: points.length })
      yield figure(AREA, `${what}, growth a minute`, slope(points), 'MB', name === 'resident' ? { n: points.length } : { target: MOST_A_MINUTE_MB, n: points.length })
    }
  } finally {
    threads.close()
    await office.close()
  }
}

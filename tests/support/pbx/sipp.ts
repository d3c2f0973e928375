import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PORTS } from './addresses.ts'
import { pcmuOf, tone } from './audio.ts'
import { CALLER, LINES } from './numbers.ts'
import type { Pbx } from './pbx.ts'
import { startProgram } from './program.ts'
import { type CallKind, type CallTimes, scenarioXml, SPEECH_FILE } from './sippScenarios.ts'
import { readTrace, type Traced } from './sippTrace.ts'

/** The tone of sipp's callers, hertz: nobody else has it. */
export const SIPP_TONE = 550

/** One call of the public network, made by sipp. */
export interface TrunkCall extends CallTimes {
  readonly kind: CallKind
  readonly callId: string
  /** What is dialled: a line's number or an extension. */
  readonly dialled: string
  /** Asserted by the carrier, E.164. */
  readonly number: string
  readonly name: string
  /** Whether From hides the caller, as many carriers have it; the asserted identity still tells. */
  readonly anonymous: boolean
}

/** What became of it, as sipp saw and timed it. */
export interface TrunkReport extends Traced {
  readonly call: TrunkCall
  /** Whether everything came as the kind of call expects it. */
  readonly asExpected: boolean
  /** What sipp did not expect, for people; empty where all went well. */
  readonly errors: string
}

const PORT_RANGE = { first: 10_000, count: 9_000 } as const
const MEDIA_RANGE = { first: 40_000, count: 5_000 } as const
/** Longer than any of the calls; sipp gives up then, and the call is not as expected. */
const LIMIT_SECONDS = 120

let made = 0

const CALL_DEFAULTS = { dialled: LINES.main, number: CALLER.number as string, name: 'HOMEOWNER JANE', anonymous: true, ringMs: 2_000, talkMs: 1_000 } as const

/** A call with whatever is not said as the carrier of the example has it. */
export function trunkCall(kind: CallKind, wishes: Partial<Omit<TrunkCall, 'kind'>> = {}): TrunkCall {
  return { ...CALL_DEFAULTS, callId: `trunk-${process.pid}-${made++}`, kind, ...wishes }
}

function wordsFor(pbx: Pbx, call: TrunkCall, number: number): readonly string[] {
  const { pbx: server, carrier } = pbx.addresses
  const fromUser = call.anonymous ? 'anonymous' : call.number
  const fromName = call.anonymous ? 'Anonymous' : call.name
  const [port, mediaPort] = [PORT_RANGE.first + (number % PORT_RANGE.count), MEDIA_RANGE.first + 4 * (number % MEDIA_RANGE.count)]
  return [
    `${server}:${PORTS.sip}`,
    ...['-sf', 'scenario.xml', '-s', call.dialled, '-i', carrier, '-bind_local', '-p', String(port), '-mi', carrier, '-mp', String(mediaPort)],
    ...['-nostdin', '-timeout', `${LIMIT_SECONDS}s`, '-timeout_error'],
    ...['-key', 'fromuser', fromUser, '-key', 'fromname', fromName, '-key', 'paname', call.name, '-key', 'painumber', call.number],
    ...['-trace_shortmsg', '-shortmessage_file', 'messages.csv', '-trace_err', '-error_file', 'errors.log'],
  ]
}

interface SippRun {
  readonly asExpected: boolean
  readonly errors: string
  /** The short trace of all its calls. */
  readonly trace: string
}

async function runSipp(pbx: Pbx, call: TrunkCall, how: readonly string[]): Promise<SippRun> {
  const number = made++
  const folder = join(pbx.folder, `sipp-${number}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'scenario.xml'), scenarioXml(call.kind, call))
  writeFileSync(join(folder, SPEECH_FILE), pcmuOf(tone(SIPP_TONE, 1)))
  const sipp = await startProgram(`sipp-${number}`, 'sipp', [...wordsFor(pbx, call, number), ...how], folder)
  const asExpected = (await sipp.ended) === 0
  const read = (name: string): string => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '')
  return { asExpected, errors: asExpected ? '' : read('errors.log') || sipp.log().slice(-2_000), trace: read('messages.csv') }
}

/** Makes one call and says what became of it. Never throws for what the other side does. */
export async function callByTrunk(pbx: Pbx, call: TrunkCall): Promise<TrunkReport> {
  const { trace, ...how } = await runSipp(pbx, call, ['-m', '1', '-cid_str', call.callId])
  return { call, ...how, ...readTrace(trace, call.callId) }
}

/** Many calls at once, all alike. */
export interface Flood {
  readonly calls: number
  readonly perSecond: number
  readonly call: TrunkCall
}

/** Makes them all and says what became of each; their Call-IDs are the call's with a number behind. */
export async function floodByTrunk(pbx: Pbx, { calls, perSecond, call }: Flood): Promise<readonly TrunkReport[]> {
  const { trace, ...how } = await runSipp(pbx, call, ['-m', String(calls), '-r', String(perSecond), '-l', String(calls), '-cid_str', `${call.callId}-%u`])
  return Array.from({ length: calls }, (_, index) => {
    const callId = `${call.callId}-${index + 1}`
    return { call: { ...call, callId }, ...how, ...readTrace(trace, callId) }
  })
}

import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { currentRoute, navigate } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import { askConclusion, useCallsStore } from '../../stores/calls.ts'
import { pickUpWithCall } from '../drafts/handing.ts'
import type { Destination } from './passing.ts'

/** What a person does to a call. A refusal is said in a toast: the call itself shows where it stands. */

function explain(thrown: unknown): void {
  toast(asContractError(thrown).message)
}

/** A caller on the way from one person to another comes with what was typed. */
const onTheWay = (callId: string): boolean => useCallsStore.getState().calls.some(({ call }) => call.callId === callId && call.transfer !== null)

/** A real telephone asks the other side first; one that does not say so in this time is not waited for. */
const HELD_WITHIN_MS = 4_000

/** Waits until a call is no longer in this state, or has had its time for it. */
async function untilNot(callId: string, state: LiveCall['state']): Promise<void> {
  const stays = (): boolean => useCallsStore.getState().calls.some(({ call }) => call.callId === callId && call.state === state)
  if (!stays()) return
  await new Promise<void>((resolve) => {
    const over = (): void => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const timer = setTimeout(over, HELD_WITHIN_MS)
    const stop = useCallsStore.subscribe(() => {
      if (!stays()) over()
    })
  })
}

/** Puts a caller on hold, and goes on once they are. */
export async function holdFirst(callId: string): Promise<void> {
  await api.action('phone.hold', { callId })
  await untilNot(callId, 'live')
}

/** What changes who is talked with, until the telephone has done it. */
let turn: Promise<unknown> = Promise.resolve()

const longEnough = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 3 * HELD_WITHIN_MS))

/**
 * One after the other, in the order of the keys: a caller who is taken back while another is being answered would be heard by
 * both. What hangs is not waited for.
 * @param settled when the telephone has done what it was told; the caller of this need not wait for that
 */
function inTurn<T>(act: () => Promise<T>, settled: () => Promise<void> = () => Promise.resolve()): Promise<T> {
  const next = turn.then(act)
  turn = Promise.race([next.then(settled, () => undefined), longEnough()])
  return next
}

/** What a caller was put on hold for did not come about: they are talked with again. */
export async function takeBack(callId: string): Promise<void> {
  await api.action('phone.resume', { callId }).catch(() => undefined)
}

/** Callers who were left on their booking for another caller. */
const leftForAnother = new Set<string>()

const noteLeft = (callId: string): unknown => currentRoute().area === 'booking' && leftForAnother.add(callId)

/** True, once, where a caller who is taken back was left on their booking for another: it is theirs again, wherever the other one led. */
export const wasLeftOnBooking = (callId: string): boolean => leftForAnother.delete(callId)

/** A colleague who rings books nothing. */
export const isColleague = (callId: string): boolean => useCallsStore.getState().calls.some(({ call }) => call.callId === callId && (call.extension ?? null) !== null)

async function answerHolding(callId: string, holding: string | null): Promise<void> {
  if (holding !== null) await holdFirst(holding)
  try {
    await api.action('phone.answer', { callId })
  } catch (thrown) {
    if (holding !== null) await takeBack(holding)
    throw thrown
  }
}

const isOnBookingOf = (callId: string): boolean => {
  const { area, query } = currentRoute()
  return area === 'booking' && query['call'] === callId
}

/** Answers and opens the booking screen for the call, with its draft where a colleague put it through. Somebody who talks already puts that caller on hold first. */
export async function answerCall(callId: string, holding: string | null = null): Promise<void> {
  const moved = onTheWay(callId)
  const before = currentRoute()
  const colleague = isColleague(callId)
  const opens = !moved && !colleague
  try {
    if (holding !== null) noteLeft(holding)
    // With the key, not with the telephone's word: what is typed from now on is said of this caller, however long the first
    // takes to be held, and whoever looks elsewhere meanwhile is not taken away from there.
    if (opens) navigate({ area: 'booking', query: { call: callId } })
    await inTurn(() => answerHolding(callId, holding), () => untilNot(callId, 'ringing'))
    if (moved && !(await pickUpWithCall(callId)) && !colleague) navigate({ area: 'booking', query: { call: callId } })
  } catch (thrown) {
    if (opens && isOnBookingOf(callId)) navigate(before, { replace: true })
    explain(thrown)
  }
}

/** Ends a call; when nothing was booked on it, the question how it ended follows. */
export async function endCall(callId: string): Promise<void> {
  try {
    await api.action('phone.hangUp', { callId })
    if (await isUnsaid(callId)) askConclusion(callId)
  } catch (thrown) {
    explain(thrown)
  }
}

/** True while neither a person nor a booking says how the call ended. Of a call we made it is asked where it reached somebody for a reason. */
export async function isUnsaid(callId: string): Promise<boolean> {
  const call = await api.query('calls.detail', { callId })
  if (call.extension !== null) return false
  if (call.direction === 'out' && (!call.answered || (call.customerId === null && call.returnsCallId === null))) return false
  return call.outcome === null || call.outcomeByRule
}

export async function holdCall(callId: string): Promise<void> {
  await api.action('phone.hold', { callId }).catch(explain)
}

/** Takes a held caller back, or one whom nobody has taken yet, with their draft; another conversation is put on hold meanwhile. False where that was refused. */
export function resumeCall(callId: string): Promise<boolean> {
  return inTurn(() => resumeInTurn(callId), () => untilNot(callId, 'held'))
}

async function resumeInTurn(callId: string): Promise<boolean> {
  const moved = onTheWay(callId)
  const { calls } = useCallsStore.getState()
  const agentId = calls.find(({ call }) => call.callId === callId)?.call.agentId ?? null
  // Colleagues at this telephone talk on.
  const talking = calls.find(({ call }) => call.state === 'live' && call.callId !== callId && agentId !== null && call.agentId === agentId)
  try {
    if (talking) {
      noteLeft(talking.call.callId)
      await holdFirst(talking.call.callId)
      // Two callers must not hear each other: where the first could not be held, the second waits on.
      if (useCallsStore.getState().calls.some(({ call }) => call.callId === talking.call.callId && call.state === 'live')) return false
    }
    await api.action('phone.resume', { callId })
    if (moved) await pickUpWithCall(callId)
    return true
  } catch (thrown) {
    explain(thrown)
    return false
  }
}

/** Confirms who calls: the answer is remembered for the next ring from this number. */
export async function confirmCaller(callId: string, customerId: string, locationId: string | null): Promise<void> {
  await api.command('call.link', { callId, customerId, locationId }).catch(explain)
}

export async function ringPractice(script?: string): Promise<void> {
  await api.action('practice.ring', script === undefined ? {} : { script }).catch(explain)
}

export async function rejectCall(callId: string): Promise<void> {
  await api.action('phone.reject', { callId }).catch(explain)
}

export async function muteCall(callId: string, on: boolean): Promise<void> {
  await api.action('phone.mute', { callId, on }).catch(explain)
}

export async function sendDigits(callId: string, digits: string): Promise<void> {
  await api.action('phone.digits', { callId, digits }).catch(explain)
}

function aim(to: Destination): { readonly toUserId: string } | { readonly toNumber: string } {
  if (to.kind === 'number') return { toNumber: to.number }
  return { toUserId: to.kind === 'colleague' ? to.userId : (to.free?.userId ?? '') }
}

/** @returns why it could not be done, as a sentence; null where it was */
async function tried(work: Promise<unknown>): Promise<string | null> {
  return work.then(
    () => null,
    (thrown: unknown) => asContractError(thrown).message,
  )
}

/** Holds the caller and calls whoever they may go to, to talk first. */
export function askFirst(callId: string, to: Destination): Promise<string | null> {
  return tried(api.action('phone.consult', { callId, ...aim(to) }))
}

/** Puts the caller through without talking first. */
export function putThroughAtOnce(callId: string, to: Destination): Promise<string | null> {
  return tried(api.action('phone.transfer', { callId, ...aim(to) }))
}

/** The caller goes to whoever was asked. */
export async function completeTransfer(callId: string): Promise<void> {
  await api.action('phone.completeTransfer', { callId }).catch(explain)
}

export async function talkAllThree(callId: string): Promise<void> {
  await api.action('phone.conference', { callId }).catch(explain)
}

/** Lets no call ring here, or lets them ring again; says which. */
export async function changeDoNotDisturb(): Promise<void> {
  try {
    const { doNotDisturb } = await api.query('phone.desk', {})
    await api.action('phone.doNotDisturb', { on: !doNotDisturb })
    toast(doNotDisturb ? 'Calls ring here again.' : 'Do not disturb: no call rings here. Alt+Z lets them ring again.')
  } catch (thrown) {
    explain(thrown)
  }
}

/** Takes what rings at a colleague’s telephone, the first of several. */
export async function pickUpElsewhere(): Promise<void> {
  try {
    const [first] = (await api.query('phone.desk', {})).ringing
    if (!first) return toast('Nothing rings at a colleague\u2019s telephone now.')
    await api.action('phone.pickUp', { extension: first.extension })
  } catch (thrown) {
    explain(thrown)
  }
}

/** Hears what callers left, in the telephone system's own box. */
export async function hearVoicemails(): Promise<void> {
  await api.action('phone.voicemail', {}).catch(explain)
}

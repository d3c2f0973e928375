import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { navigate } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import { askConclusion, useCallsStore } from '../../stores/calls.ts'
import { pickUpWithCall } from '../drafts/handing.ts'

/** What a person does to a call. A refusal is said in a toast: the call itself shows where it stands. */

function explain(thrown: unknown): void {
  toast(asContractError(thrown).message)
}

/** A caller on the way from one person to another comes with what was typed. */
const onTheWay = (callId: string): boolean => useCallsStore.getState().calls.some(({ call }) => call.callId === callId && call.transfer !== null)

/** Answers and opens the booking screen for the call, with its draft where a colleague put it through. Somebody who talks already puts that caller on hold first. */
export async function answerCall(callId: string, holding: string | null = null): Promise<void> {
  const moved = onTheWay(callId)
  try {
    if (holding !== null) await api.action('phone.hold', { callId: holding })
    await api.action('phone.answer', { callId })
    if (moved && (await pickUpWithCall(callId))) return
    navigate({ area: 'booking', query: { call: callId } })
  } catch (thrown) {
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

/** True while neither a person nor a booking says how the call ended. */
export async function isUnsaid(callId: string): Promise<boolean> {
  const call = await api.query('calls.detail', { callId })
  return call.outcome === null || call.outcomeByRule
}

export async function holdCall(callId: string): Promise<void> {
  await api.action('phone.hold', { callId }).catch(explain)
}

/** Takes a held caller back, or one whom nobody has taken yet, with their draft; another conversation is put on hold meanwhile. False where that was refused. */
export async function resumeCall(callId: string): Promise<boolean> {
  const moved = onTheWay(callId)
  const { calls } = useCallsStore.getState()
  const agentId = calls.find(({ call }) => call.callId === callId)?.call.agentId ?? null
  // Colleagues at this telephone talk on.
  const talking = calls.find(({ call }) => call.state === 'live' && call.callId !== callId && agentId !== null && call.agentId === agentId)
  try {
    if (talking) await api.action('phone.hold', { callId: talking.call.callId })
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

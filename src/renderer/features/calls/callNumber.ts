import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { useCallsStore } from '../../stores/calls.ts'
import { showNumber } from '../../stores/telephone.ts'
import { toast } from '../../stores/toast.ts'

export interface Wanted {
  /** E.164. */
  readonly number: string
  /** As people say it, for whoever must dial it elsewhere. */
  readonly name?: string
  /** Whom to reach, where the number alone does not say it. */
  readonly customerId?: string | null
  /** The call this one returns. */
  readonly returnsCallId?: string | null
}

/** Reasons for which another telephone does what this one can’t. */
const ELSEWHERE: ReadonlySet<string> = new Set(['phone.noLine', 'phone.sampleNeverDials', 'phone.lineDown', 'phone.practiceRoom', 'phone.cannot'])

/** The caller this page’s person talks with: only their own calls can be acted on here. */
const talking = (): string | null => useCallsStore.getState().calls.find(({ call }) => call.state === 'live' && call.can.includes('hold'))?.call.callId ?? null

/**
 * Calls a number. Where this workstation can’t, it is shown large, to be dialled on another telephone.
 * @param userId whoever asks: a caller they talk with is put on hold first
 */
export async function callNumber({ number, name = '', customerId = null, returnsCallId = null }: Wanted, userId: string): Promise<void> {
  const dial = (): Promise<unknown> => api.action('phone.dial', { number, customerId, returnsCallId })
  try {
    const callId = talking()
    const mine = callId !== null && useCallsStore.getState().calls.some(({ call }) => call.callId === callId && call.agentId === userId)
    if (mine) await api.action('phone.hold', { callId })
    await dial()
  } catch (thrown) {
    const { code, message } = asContractError(thrown)
    if (ELSEWHERE.has(code)) showNumber({ number, name, why: message })
    else toast(message)
  }
}

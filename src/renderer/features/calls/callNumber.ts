import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { useCallsStore } from '../../stores/calls.ts'
import { showNumber } from '../../stores/telephone.ts'
import { toast } from '../../stores/toast.ts'
import { holdFirst, takeBack } from './callActions.ts'

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
 * @returns whether it is dialled, here or as it is shown
 */
export async function callNumber({ number, name = '', customerId = null, returnsCallId = null }: Wanted, userId: string): Promise<boolean> {
  const callId = talking()
  const mine = callId !== null && useCallsStore.getState().calls.some(({ call }) => call.callId === callId && call.agentId === userId)
  try {
    if (mine) await holdFirst(callId)
    try {
      await api.action('phone.dial', { number, customerId, returnsCallId })
    } catch (thrown) {
      if (mine) await takeBack(callId)
      throw thrown
    }
    return true
  } catch (thrown) {
    const { code, message } = asContractError(thrown)
    if (!ELSEWHERE.has(code)) {
      toast(message)
      return false
    }
    showNumber({ number, name, why: message })
    return true
  }
}

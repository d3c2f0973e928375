import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { openPanel } from '../../stores/telephone.ts'
import { toast } from '../../stores/toast.ts'
import { nextRecordingStep } from './recordingWords.ts'

const explain = (thrown: unknown): void => toast(asContractError(thrown).message)

/** The caller was told: where the line records by itself it begins, and else because somebody has just asked for it. */
export async function noticeRead(callId: string): Promise<void> {
  try {
    await api.action('recording.consent', { callId })
    await api.action('phone.record', { callId, to: 'on' })
  } catch (thrown) {
    explain(thrown)
  }
}

/** The one key of recording: what follows from where the call stands. */
export function stepRecording(call: LiveCall): void | false {
  const step = nextRecordingStep(call)
  if (step === null) {
    if (call.tape?.mode === 'never') return toast('Calls on this line are not recorded.')
    return false
  }
  if (step === 'notice') return openPanel({ kind: 'notice', callId: call.callId })
  void api.action('phone.record', { callId: call.callId, to: step }).catch(explain)
}

/** Before a card number is read. */
export function openCardPayment(call: LiveCall): void | false {
  return call.can.includes('record') ? openPanel({ kind: 'card', callId: call.callId }) : false
}
